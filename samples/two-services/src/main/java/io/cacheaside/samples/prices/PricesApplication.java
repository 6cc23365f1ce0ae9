package io.cacheaside.samples.prices;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The service that only writes. */
@SpringBootApplication
public class PricesApplication {

    /** The application, in the namespace that it shares; database and Redis come from the command line. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(PricesApplication.class)
                .properties("spring.application.name=prices", "cacheaside.namespace=catalogue");
    }

    /** Starts it. */
    public static void main(String[] arguments) {
        application().run(arguments);
    }
}
