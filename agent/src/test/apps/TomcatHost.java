import java.io.File;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with a web application for each pair of arguments: its directory, and its batches. */
public class TomcatHost {
    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(args[0]);
        tomcat.getHost().setAppBase(args[0]);
        tomcat.getServer();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        List<Context> contexts = new ArrayList<>();
        for (int i = 1; i < args.length; i += 2) {
            Context context = tomcat.addContext("/" + i, new File(args[i]).getAbsolutePath());
            context.setLoader(new WebappLoader());
            contexts.add(context);
        }
        tomcat.start();
        for (int i = 1; i < args.length; i += 2) {
            loaders.add(Hosted.run(contexts.get(i / 2).getLoader().getClassLoader(), args[i + 1]));
        }
        for (Context context : contexts) {
            context.stop();
            context.destroy();
            tomcat.getHost().removeChild(context);
        }
        contexts.clear();
        for (WeakReference<ClassLoader> loader : loaders) {
            System.out.println("collected " + Hosted.isCollected(loader));
        }
        tomcat.stop();
        tomcat.destroy();
    }
}
