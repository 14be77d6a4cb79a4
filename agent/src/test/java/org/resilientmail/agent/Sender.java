package org.resilientmail.agent;

import java.nio.file.Path;
import java.util.List;

/** What many applications send with instead of Jakarta Mail itself: application, and the artifacts it needs. */
enum Sender {
    SPRING_7("SpringApp", "org.springframework:spring-context-support:7.0.10", Mail.ANGUS),
    SPRING_5_3("SpringApp", "org.springframework:spring-context-support:5.3.39", Mail.JAVAX),
    COMMONS_EMAIL_1("CommonsEmail1App", "org.apache.commons:commons-email:1.6.0"),
    COMMONS_EMAIL_2("CommonsEmail2App", "org.apache.commons:commons-email2-jakarta:2.0.0-M1", Mail.ANGUS),
    SIMPLE_JAVA_MAIL("SimpleJavaMailApp", "org.simplejavamail:simple-java-mail:8.12.6"),
    LOGBACK("LogbackApp", "ch.qos.logback:logback-classic:1.6.6", Mail.ANGUS),
    LOG4J("Log4jApp", "org.apache.logging.log4j:log4j-core:2.25.5", Mail.JAVAX),
    LOG4J_JAKARTA(
            "Log4jApp",
            "org.apache.logging.log4j:log4j-core:2.25.5",
            "org.apache.logging.log4j:log4j-jakarta-smtp:2.25.5",
            Mail.ANGUS),
    ANT("AntApp", "org.apache.ant:ant-jakartamail:1.10.15", Mail.ANGUS),
    QUARTZ("QuartzApp", "org.quartz-scheduler:quartz-jobs:2.5.2", "org.quartz-scheduler:quartz:2.5.2", Mail.ANGUS),
    CAMEL("CamelApp", "org.apache.camel:camel-mail:4.18.0", "org.apache.camel:camel-core-engine:4.18.0");

    private final String application;
    private final String[] artifacts;

    Sender(String application, String... artifacts) {
        this.application = application;
        this.artifacts = artifacts;
    }

    String application() {
        return application;
    }

    List<Path> libraries() {
        return Artifacts.with(artifacts);
    }

    /** Mail implementations where a library leaves them to the application. */
    private static final class Mail {
        static final String ANGUS = "org.eclipse.angus:angus-mail:2.0.5";
        static final String JAVAX = "com.sun.mail:javax.mail:1.6.2";
    }
}
