package io.cacheaside.samples.shop;

import io.cacheaside.samples.shop.CacheFigures.Origin;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One instance of the shop with a small database, and a customer's view of it over HTTP. */
final class RunningShop implements AutoCloseable {

    static final int PRODUCTS = 50;

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String root;

    /** A shop on {@code redis}; {@code settings} are {@code name=value}. */
    RunningShop(String redis, String... settings) {
        // a setting that stands twice on a command line is a list
        Map<String, String> arguments = new LinkedHashMap<>();
        List.of(
                        "server.port=0",
                        "spring.datasource.url=jdbc:h2:mem:" + System.nanoTime(),
                        "spring.datasource.hikari.maximum-pool-size=4",
                        "cacheaside.redis.address=" + redis,
                        // its relay would send statements of its own, and the tests count them
                        "cacheaside.outbox.enabled=false",
                        "shop.products=" + PRODUCTS,
                        "shop.reviews=5000",
                        "logging.level.root=warn")
                .forEach(setting -> arguments.put(name(setting), setting));
        List.of(settings).forEach(setting -> arguments.put(name(setting), setting));
        context = new SpringApplicationBuilder(ShopApplication.class)
                .run(arguments.values().stream().map(setting -> "--" + setting).toArray(String[]::new));
        root = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    Answer page(Object product) {
        return get("/api/products/" + product);
    }

    Answer changePrice(int product, String price) {
        return put("/api/products/" + product + "/price", "{\"price\": " + price + "}");
    }

    Answer start() {
        return get("/");
    }

    Answer figures() {
        return get("/api/figures");
    }

    Answer get(String path) {
        return send(to(path));
    }

    Answer getWithKey(String path, String key) {
        return send(to(path).header(RateLimit.API_KEY, key));
    }

    Answer put(String path, String json) {
        return send(to(path).header("content-type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    Answer post(String path, String json) {
        return send(to(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer delete(String path) {
        return send(to(path).DELETE());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(root + path));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    private static String name(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Status and body of an answer. */
    record Answer(int status, String body) {

        Origin origin() {
            return Origin.valueOf(field("\"origin\":\"(\\w+)\""));
        }

        BigDecimal price() {
            return new BigDecimal(field("\"price\":([\\d.]+)"));
        }

        int number(String name) {
            return Integer.parseInt(field("\"" + name + "\":(\\d+)"));
        }

        String text(String name) {
            return field("\"" + name + "\":\"([^\"]+)\"");
        }

        private String field(String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(body);
            if (!matcher.find()) {
                throw new AssertionError("No " + pattern + " in " + this);
            }
            return matcher.group(1);
        }
    }
}
