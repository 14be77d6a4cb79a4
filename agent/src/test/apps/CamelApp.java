import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel's mail component. */
public class CamelApp {
    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            for (int i = 1; i <= 5; i++) {
                try {
                    template.sendBodyAndHeader(
                            "smtp://127.0.0.1:" + args[0]
                                    + "?username=app&password=secret&from=sender@example.com&to=to" + i
                                    + "@example.com",
                            "A line of text.",
                            "Subject",
                            "Nr. " + i);
                } catch (CamelExecutionException e) {
                    System.out.println(e);
                }
            }
        }
    }
}
