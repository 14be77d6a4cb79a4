import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Jetty with a web application for each pair of arguments: its directory, and its batches. */
public class JettyHost {
    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ContextHandlerCollection handlers = new ContextHandlerCollection();
        server.setHandler(handlers);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        server.start();
        for (int i = 1; i < args.length; i += 2) {
            loaders.add(deployed(handlers, "/" + i, args[i], args[i + 1]));
        }
        server.stop();
        for (WeakReference<ClassLoader> loader : loaders) {
            System.out.println("collected " + Hosted.isCollected(loader));
        }
    }

    private static WeakReference<ClassLoader> deployed(
            ContextHandlerCollection handlers, String path, String directory, String batches) throws Exception {
        WebAppContext context = new WebAppContext(directory, path);
        handlers.addHandler(context);
        context.start();
        WeakReference<ClassLoader> loader = Hosted.run(context.getClassLoader(), batches);
        context.stop();
        handlers.removeHandler(context);
        context.destroy();
        return loader;
    }
}
