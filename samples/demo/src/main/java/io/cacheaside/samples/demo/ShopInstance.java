package io.cacheaside.samples.demo;

import io.cacheaside.samples.shop.ShopApplication;
import java.io.IOException;

/** The main class of a shop that another JVM started: it ends when that one does, however that one ended. */
public final class ShopInstance {

    private ShopInstance() {}

    /** Starts the shop with Spring's arguments. Standard input has to be a pipe from the parent. */
    public static void main(String[] arguments) {
        Thread watch = new Thread(ShopInstance::endWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        ShopApplication.main(arguments);
    }

    private static void endWithParent() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the same as the end of the pipe
        }
        System.exit(0);
    }
}
