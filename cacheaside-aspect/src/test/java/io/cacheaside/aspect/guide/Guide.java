package io.cacheaside.aspect.guide;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts and wholes of {@code docs/guide.md}, with maps for a database that counts what is read from it. */
class Guide {

    private final Map<Long, String> names = new HashMap<>(Map.of(1L, "Ann"));
    private final Map<Long, String> mails = new HashMap<>(Map.of(1L, "ann@example.com"));
    private final Map<Long, List<String>> lines = new HashMap<>(Map.of(7L, new ArrayList<>(List.of("lamp"))));

    record Card(long id, String name) implements Serializable {}

    record User(long id, String name, String mail) implements Serializable {}

    record Order(long id, List<String> lines) implements Serializable {}

    @CacheAside(key = "card:#id", ttl = "5m")
    Card card(long id) {
        return new Card(id, names.get(id));
    }

    @CacheAside(key = "user:#id", ttl = "5m")
    User user(long id) {
        return new User(id, names.get(id), mails.get(id));
    }

    @Invalidate(key = {"user:#id", "card:#id"})
    void rename(long id, String name) {
        names.put(id, name);
    }

    @CacheAside(key = "order:#id", ttl = "10m")
    Order order(long id) {
        return new Order(id, List.copyOf(lines.get(id)));
    }

    @Invalidate(key = "order:#result")
    long changeLine(long line, String text) {
        long order = orderOf(line);
        lines.get(order).set(0, text);
        return order;
    }

    private static long orderOf(long line) {
        return line / 10;
    }
}
