package io.cacheaside.samples.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Many clients at the same time, against the same instances. */
record Crowd(int clients, List<Integer> ports, PriceVersions versions, Progress progress) {

    private static final long LOOK_MILLIS = 250;

    /** Sends {@code traffic} until it ends or {@code limit} is over, with a progress line called {@code name}. */
    Phase send(String name, Traffic traffic, Duration limit) throws IOException, InterruptedException {
        Figures before = figures();
        LongAdder sent = new LongAdder();
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<ClientResult>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(new Client(traffic, versions, ports, i, () -> {
                    sent.increment();
                    return System.nanoTime() - start < limit.toNanos();
                })));
            }
            List<ClientResult> results = watch(name, running, traffic, limit, start, sent);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return Phase.of(results, figures().minus(before), took);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<ClientResult> watch(
            String name,
            List<Future<ClientResult>> running,
            Traffic traffic,
            Duration limit,
            long start,
            LongAdder sent)
            throws IOException, InterruptedException {
        while (!running.stream().allMatch(Future::isDone)) {
            long nanos = System.nanoTime() - start;
            double done = Math.max((double) nanos / limit.toNanos(), (double) sent.sum() / traffic.size());
            progress.show(
                    name,
                    Math.round(done * 1_000),
                    1_000,
                    "%,d requests, %,.0f/s".formatted(sent.sum(), sent.sum() / (nanos / 1e9)));
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        progress.end();
        List<ClientResult> results = new ArrayList<>();
        for (Future<ClientResult> client : running) {
            results.add(resultOf(client));
        }
        return results;
    }

    private static ClientResult resultOf(Future<ClientResult> client) throws IOException, InterruptedException {
        try {
            return client.get();
        } catch (ExecutionException e) {
            throw new IOException("a client could not go on: " + e.getCause(), e);
        }
    }

    private Figures figures() throws IOException {
        Figures sum = Figures.NONE;
        for (int port : ports) {
            try (ShopConnection shop = ShopConnection.to(port)) {
                sum = sum.plus(shop.figures());
            }
        }
        return sum;
    }
}
