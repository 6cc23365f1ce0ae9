package io.cacheaside.samples.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * One customer after the other on kept-alive connections to all instances: the next request goes out when the last
 * answer is complete, to an instance chosen by chance. One request in a hundred changes the price of the product at
 * hand first.
 */
final class Client implements Callable<ClientResult> {

    private static final double CHANGES = 0.01;
    private static final int HIGHEST_CENTS = 100_00;

    private final Traffic traffic;
    private final PriceVersions versions;
    private final List<Integer> ports;
    private final SplittableRandom random;
    private final Clock clock;
    private final List<ShopConnection> connections = new ArrayList<>();
    private final ClientResult result = new ClientResult();

    /** When to stop, and who is told of each request. */
    interface Clock {

        /** Called before each request; false ends the client. */
        boolean goesOn();
    }

    Client(Traffic traffic, PriceVersions versions, List<Integer> ports, long seed, Clock clock) {
        this.traffic = traffic;
        this.versions = versions;
        this.ports = ports;
        this.random = new SplittableRandom(seed);
        this.clock = clock;
    }

    @Override
    public ClientResult call() throws IOException {
        try {
            connect();
            for (int product = next(); product != Traffic.END; product = next()) {
                ask(product);
            }
            return result;
        } finally {
            disconnect();
        }
    }

    private int next() {
        return clock.goesOn() ? traffic.next() : Traffic.END;
    }

    private void ask(int product) throws IOException {
        try {
            if (random.nextDouble() < CHANGES) {
                change(product);
            }
            show(product);
        } catch (IOException e) {
            result.failed(e);
            disconnect();
            connect();
        }
    }

    private void change(int product) throws IOException {
        ShopConnection shop = someShop();
        int cents = 1 + random.nextInt(HIGHEST_CENTS);
        long start = System.nanoTime();
        int version = shop.changePrice(product, cents);
        result.changes.add(System.nanoTime() - start);
        versions.changed(product, version);
    }

    private void show(int product) throws IOException {
        ShopConnection shop = someShop();
        int floor = versions.floor(product);
        long start = System.nanoTime();
        int version = shop.page(product);
        result.pages.add(System.nanoTime() - start);
        if (version < floor) {
            result.stale++;
        }
    }

    private ShopConnection someShop() {
        return connections.get(random.nextInt(connections.size()));
    }

    private void connect() throws IOException {
        for (int port : ports) {
            connections.add(ShopConnection.to(port));
        }
    }

    private void disconnect() throws IOException {
        for (ShopConnection connection : connections) {
            connection.close();
        }
        connections.clear();
    }
}
