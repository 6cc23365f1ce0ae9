package io.cacheaside.aspect.shop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The source of truth, with a count of its reads. */
public final class Rows {

    private final Map<Long, Product> rows = new ConcurrentHashMap<>();
    private volatile boolean broken;
    private volatile Runnable onRead = () -> {};
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
