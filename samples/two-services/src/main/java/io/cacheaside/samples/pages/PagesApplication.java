package io.cacheaside.samples.pages;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The service that reads. */
@SpringBootApplication
public class PagesApplication {

    /** The application, in the namespace that it shares; database and Redis come from the command line. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(PagesApplication.class)
                .properties("spring.application.name=pages", "cacheaside.namespace=catalogue");
    }

    /** Starts it. */
    public static void main(String[] arguments) {
        application().run(arguments);
    }
}
