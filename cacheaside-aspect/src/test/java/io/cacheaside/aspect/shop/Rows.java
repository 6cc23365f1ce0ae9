package io.cacheaside.aspect.shop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The source of truth, with a count of its reads. */
public final class Rows {

    private final Map<Long, Product> rows = new ConcurrentHashMap<>();
    private volatile boolean broken;
    private volatile Runnable onRead = () -> {};
    private final List<List<@Nullable Long>> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();

    /** From now on no row can be read. */
    public void breakDown() {
        broken = true;
    }

    /** From now on {@code action} runs in each read of a row. */
    public void onRead(Runnable action) {
        onRead = action;
    }

    /** One read. */
    public @Nullable Product get(long id) {
        reads.incrementAndGet();
        onRead.run();
        if (broken) {
            throw new IllegalStateException("the database is down");
        }
        return rows.get(id);
    }

    /** A read of something that does not come from the rows. */
    public void read() {
        reads.incrementAndGet();
    }

    /** Notes a call for many rows, and answers them. */
    public <T extends Collection<? extends @Nullable Long>> T called(T ids) {
        calls.add(new ArrayList<>(ids));
        return ids;
    }

    /** The ids of each such call. */
    public List<List<@Nullable Long>> calls() {
        return List.copyOf(calls);
    }

    /** A write. */
    public void put(Product product) {
        rows.put(product.id(), product);
    }

    /** A write that leaves nothing. */
    public void remove(long id) {
        rows.remove(id);
    }

    /** Reads so far. */
    public int reads() {
        return reads.get();
    }
}
