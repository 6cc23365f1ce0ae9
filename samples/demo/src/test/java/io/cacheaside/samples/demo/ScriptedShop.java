package io.cacheaside.samples.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** Something that answers like one product of the shop, and may lie about the version of its price. */
final class ScriptedShop implements AutoCloseable {

    static {
        // without it each answer waits 40 ms for a delayed acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger version = new AtomicInteger(1);
    private final IntUnaryOperator shown;
    private volatile boolean failing;

    /** {@code shown} makes the version on the page from the true one. */
    ScriptedShop(IntUnaryOperator shown) {
        this.shown = shown;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/products", this::product);
        server.createContext("/api/figures", this::figures);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void fail() {
        failing = true;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void product(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean change = exchange.getRequestMethod().equals("PUT");
        int told = change ? version.incrementAndGet() : shown.applyAsInt(version.get());
        // the length of a page is not told beforehand: it travels in chunks
        answer(exchange, change ? 1 : 0, "{\"version\":" + told + "}");
    }

    private void figures(HttpExchange exchange) throws IOException {
        answer(exchange, 1, "{\"reads\":10,\"hits\":7,\"statements\":9}");
    }

    private void answer(HttpExchange exchange, int fixedLength, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(failing ? 500 : 200, fixedLength * (long) bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
