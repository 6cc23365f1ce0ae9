package io.cacheaside.samples.clientonly;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The other system: what a remote interface would be. It notes which customers each call asked for. */
public final class Crm {

    private final Map<Long, Customer> customers = new ConcurrentHashMap<>();
    private final List<List<Long>> calls = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    /** A system with the customers of {@code names}, numbered from 1. */
    public Crm(String... names) {
        for (String name : names) {
            long id = customers.size() + 1L;
            customers.put(id, new Customer(id, name));
        }
    }

    /** One customer; null where there is none. */
    public @Nullable Customer customer(long id) throws IOException {
        return customers(List.of(id)).get(id);
    }

    /** Those of these customers that there are. */
    public Map<Long, Customer> customers(List<Long> ids) throws IOException {
        calls.add(List.copyOf(ids));
        if (down) {
            throw new IOException("the customers are down");
        }
        Map<Long, Customer> found = new TreeMap<>(customers);
        found.keySet().retainAll(ids);
        return found;
    }

    /** Gives a customer another name. */
    public void rename(long id, String name) {
        customers.put(id, new Customer(id, name));
    }

    /** From now on every read fails. */
    public void goDown() {
        down = true;
    }

    /** Whom each call asked for, since the last look. */
    public List<List<Long>> calls() {
        List<List<Long>> all = new ArrayList<>(calls);
        calls.clear();
        return all;
    }
}
