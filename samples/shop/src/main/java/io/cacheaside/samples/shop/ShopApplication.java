package io.cacheaside.samples.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The shop, on the port, database and Redis of {@code application.properties} and the command line. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ShopApplication {

    /** Starts the shop. */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
