import java.io.File;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

/** Felix, where a bundle sees nothing of the JDK but {@code java.*} and what it imports: its cache, the bundle and its batches. */
public class FelixHost {
    public static void main(String[] args) throws Exception {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        args[0],
                        Constants.FRAMEWORK_BOOTDELEGATION,
                        "",
                        "felix.bootdelegation.implicit",
                        "false"));
        framework.start();
        Bundle bundle = framework
                .getBundleContext()
                .installBundle(new File(args[1]).toURI().toString());
        bundle.start();
        Hosted.run(bundle.adapt(BundleWiring.class).getClassLoader(), args[2]);
        bundle.uninstall();
        framework.stop();
        framework.waitForStop(10_000);
    }
}
