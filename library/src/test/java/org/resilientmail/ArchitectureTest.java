package org.resilientmail;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.mail.MessagingException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.MailFailures;
import org.resilientmail.failure.Origin;
import org.resilientmail.ops.AccountStatus;
import org.resilientmail.ops.FailureStatus;
import org.resilientmail.reply.ReplyClassifier;

/** The layout: root -> {smtp, pool, policy} -> {reply, failure, config}. Every exception is named with its reason. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {

    private static final String ROOT = "org.resilientmail";
    private static final String CLI = ROOT + ".cli..";
    private static final String CONFIG = ROOT + ".config..";
    private static final String FAILURE = ROOT + ".failure..";
    private static final String OPS = ROOT + ".ops..";
    private static final String POLICY = ROOT + ".policy..";
    private static final String POOL = ROOT + ".pool..";
    private static final String REPLY = ROOT + ".reply..";
    private static final String SMTP = ROOT + ".smtp..";

    private static final String ANGUS = "org.eclipse.angus..";
    private static final String JAKARTA = "jakarta..";

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages(ROOT);

    private static void holds(ArchRule rule) {
        rule.check(LIBRARY);
    }

    /** These types and whatever is nested in them. */
    private static DescribedPredicate<JavaClass> oneOf(Class<?>... types) {
        Set<String> names = Arrays.stream(types).map(Class::getName).collect(Collectors.toUnmodifiableSet());
        return describe("one of " + names, type -> names.contains(type.getName().split("\\$")[0]));
    }

    @Test
    void only_smtp_imports_angus() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(SMTP)
                // catch-compatible: a failure is an instance of what Angus would have thrown
                .and(are(DescribedPredicate.not(JavaClass.Predicates.assignableTo(MailFailure.class))))
                // and this is what most of them extend, and what stands for them in a stream
                .and(are(DescribedPredicate.not(describe(
                        "SendFailure or Serialized",
                        type -> type.getName().equals(ROOT + ".failure.SendFailure")
                                || type.getName().equals(ROOT + ".failure.Serialized")))))
                .and(are(DescribedPredicate.not(oneOf(
                        // read or make those instances
                        MailFailures.class,
                        Origin.class,
                        // applications cast what they are given to Angus' transport
                        ResilientTransport.class,
                        ResilientSslTransport.class,
                        // tells Angus' transports from others
                        ResilientMail.class,
                        // reads properties as Angus does
                        Face.class,
                        // reads the options of Angus' SMTPMessage
                        SendOptions.class))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ANGUS));
    }

    @Test
    void only_policy_imports_resilience4j() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(POLICY)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.resilience4j.."));
    }

    @Test
    void reply_knows_no_mail_and_no_other_package() {
        holds(noClasses()
                .that()
                .resideInAPackage(REPLY)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JAKARTA)
                .orShould()
                .dependOnClassesThat(ourOthersThan(REPLY)));
    }

    @Test
    void reply_does_no_io_but_reading_rules() {
        holds(noClasses()
                .that()
                .resideInAPackage(REPLY)
                .and(are(DescribedPredicate.not(oneOf(ReplyClassifier.class)))) // reads the rule files, once
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.concurrent.."));
    }

    @Test
    void pool_knows_no_mail_and_no_other_package() {
        holds(noClasses()
                .that()
                .resideInAPackage(POOL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JAKARTA, ANGUS)
                .orShould()
                .dependOnClassesThat(ourOthersThan(POOL)));
    }

    @Test
    void config_imports_no_other_package() {
        holds(noClasses()
                .that()
                .resideInAPackage(CONFIG)
                .should()
                .dependOnClassesThat(ourOthersThan(CONFIG))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(JAKARTA));
    }

    @Test
    void failure_builds_on_reply_only() {
        holds(noClasses().that().resideInAPackage(FAILURE).should().dependOnClassesThat(ourOthersThan(FAILURE, REPLY)));
    }

    @Test
    void smtp_pool_and_policy_never_import_each_other() {
        holds(noClasses()
                .that()
                .resideInAPackage(SMTP)
                .should()
                .dependOnClassesThat(ourOthersThan(SMTP, REPLY, FAILURE, CONFIG)));
        holds(noClasses()
                .that()
                .resideInAPackage(POLICY)
                .should()
                .dependOnClassesThat(ourOthersThan(POLICY, REPLY, FAILURE, CONFIG))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(JAKARTA));
    }

    @Test
    void operation_knows_no_mail_and_loads_management_in_one_place() {
        holds(noClasses()
                .that()
                .resideInAPackage(OPS)
                .should()
                .dependOnClassesThat(ourOthersThan(OPS, REPLY, CONFIG))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(JAKARTA, ANGUS));
        holds(noClasses()
                .that(are(DescribedPredicate.not(
                        describe("Registration", type -> type.getName().equals(ROOT + ".ops.Registration")))))
                // only an annotation, which nobody but a management console reads
                .and(are(DescribedPredicate.not(oneOf(AccountStatus.class, FailureStatus.class))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.management..", "java.lang.management.."));
    }

    @Test
    void the_command_line_needs_the_rules_only() {
        holds(noClasses().that().resideInAPackage(CLI).should().dependOnClassesThat(ourOthersThan(CLI, REPLY)));
    }

    @Test
    void nothing_imports_the_root() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT));
    }

    @Test
    void packages_have_no_cycles() {
        holds(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void users_touch_few_types_of_the_root() {
        holds(classes()
                .that()
                .resideInAPackage(ROOT)
                .and()
                .areTopLevelClasses()
                .and(are(DescribedPredicate.not(oneOf(
                        ResilientMail.class,
                        ResilientTransport.class,
                        ResilientSslTransport.class,
                        ResilientSmtpProvider.class,
                        ResilientSmtpsProvider.class,
                        DeliveryEvent.class,
                        DeliveryListener.class,
                        InvalidConfigurationException.class,
                        // not for users: what the agent gives to other transport objects
                        Face.class,
                        FaceOwner.class))))
                .should()
                .bePackagePrivate());
    }

    @Test
    void failures_are_final_messaging_exceptions() {
        holds(classes()
                .that()
                .implement(MailFailure.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .beAssignableTo(MessagingException.class));
    }

    @Test
    void only_the_command_line_writes_to_the_console() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                // writes one line at the end of the JVM, where that is configured and there is no log
                .and(are(DescribedPredicate.not(
                        describe("Summary", type -> type.getName().equals(ROOT + ".ops.Summary")))))
                .should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void loggers_are_system_loggers() {
        holds(noClasses()
                .that(are(DescribedPredicate.not(
                        // asks Angus' logger, which is one of these, whether it is on
                        describe("ProtocolTrace", type -> type.getName().equals(ROOT + ".smtp.ProtocolTrace")))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.logging..",
                        "org.slf4j..",
                        "org.apache.commons.logging..",
                        "org.apache.logging..",
                        "ch.qos.logback.."));
    }

    @Test
    void only_the_engines_sleeper_sleeps() {
        DescribedPredicate<JavaCall<?>> sleeping = describe(
                "sleeping", call -> call.getName().equals("sleep") && isOwnedBy(call, Thread.class, TimeUnit.class));
        holds(noClasses()
                .that(are(DescribedPredicate.not(oneOf(Engine.class)))) // tests give the engine one that does not wait
                .should()
                .callMethodWhere(sleeping));
        holds(noClasses()
                .should()
                .callMethodWhere(describe(
                        "Thread.sleep", call -> call.getName().equals("sleep") && isOwnedBy(call, Thread.class))));
    }

    @Test
    void nothing_has_a_finalizer() {
        holds(noMethods().should().haveName("finalize"));
    }

    @Test
    void nothing_ends_the_jvm_but_the_command_line() {
        DescribedPredicate<JavaCall<?>> ending = describe(
                "System.exit or Runtime.halt",
                call -> isOwnedBy(call, System.class, Runtime.class)
                        && Set.of("exit", "halt").contains(call.getName()));
        holds(noClasses().that().resideOutsideOfPackage(CLI).should().callMethodWhere(ending));
    }

    @Test
    void no_global_state_is_set_behind_the_applications_back() {
        DescribedPredicate<JavaCall<?>> setting = describe(
                "setting system properties or defaults of the JVM",
                call -> isOwnedBy(call, System.class)
                                && Set.of("setProperty", "setProperties", "clearProperty", "setOut", "setErr")
                                        .contains(call.getName())
                        || call.getName().startsWith("setDefault"));
        holds(noClasses().should().callMethodWhere(setting));
    }

    private static boolean isOwnedBy(JavaAccess<?> access, Class<?>... owners) {
        return Arrays.stream(owners).anyMatch(access.getTargetOwner()::isEquivalentTo);
    }

    /** Ours, in packages other than these. */
    private static DescribedPredicate<JavaClass> ourOthersThan(String... packages) {
        return JavaClass.Predicates.resideInAPackage(ROOT + "..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages)));
    }
}
