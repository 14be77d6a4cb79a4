package org.resilientmail.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.resilientmail.testkit.Eventually;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistrationTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    private static final ObjectName ALL = all();

    private static ObjectName all() {
        try {
            return new ObjectName("org.resilientmail:type=ResilientMail,*");
        } catch (javax.management.MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an application's loader would take with it. */
    private static final class Application implements Operated {
        @Override
        public List<AccountStatus> accounts() {
            return List.of();
        }

        @Override
        public void forgetRefusedLogins() {
            // has none
        }

        @Override
        public void closeSessions() {
            // has none
        }
    }

    private static Set<String> registered(String application) {
        return BEANS.queryNames(ALL, null).stream()
                .filter(name -> application.equals(attribute(name)))
                .map(ObjectName::toString)
                .collect(Collectors.toSet());
    }

    private static Object attribute(ObjectName name) {
        try {
            return BEANS.getAttribute(name, "Application");
        } catch (javax.management.JMException goneMeanwhile) {
            return null;
        }
    }

    @Test
    void the_bean_goes_when_its_application_is_collected() throws Exception {
        Operated application = new Application();
        Registration registration =
                Registration.make("collected", new Counters(), application).orElseThrow();
        assertThat(registered("collected")).hasSize(1);
        assertThat(application.accounts()).isEmpty(); // in use up to here

        application = null;

        Eventually.until("the bean is gone", () -> {
            System.gc();
            return registered("collected").isEmpty();
        });
        registration.end(); // nothing is left to end
    }

    @Test
    void applications_of_one_jvm_have_a_bean_each() throws Exception {
        Operated one = new Application();
        Operated another = new Application();
        Registration first =
                Registration.make("one of two", new Counters(), one).orElseThrow();
        Registration second =
                Registration.make("one of two", new Counters(), another).orElseThrow();

        assertThat(registered("one of two")).hasSize(2);
        first.end();
        assertThat(registered("one of two")).hasSize(1);
        second.end();
        assertThat(registered("one of two")).isEmpty();
        assertThat(one).isNotSameAs(another); // in use up to here
    }
}
