package io.cacheaside.redisson;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server does when it is full, told where it endangers what is in use: a server that evicts nothing takes no fills
 * any more, and one that evicts may drop the mark of a strict write, or of one that settles, while it still has to stand, or
 * the index of a tag. A lost lease only costs a load.
 */
final class Eviction {

    private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);
    private static final Pattern LIMIT = Pattern.compile("\\bmaxmemory:(\\d+)");
    private static final Pattern POLICY = Pattern.compile("\\bmaxmemory_policy:([\\w-]+)");
    private static final String NONE = "noeviction";

    private final String server;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean tagsTold = new AtomicBoolean();
    private final AtomicBoolean fullTold = new AtomicBoolean();
    private volatile @Nullable String policy;
    private volatile boolean marked;
    private volatile boolean tagged;

    Eviction(String server) {
        this.server = server;
    }

    /** Takes in {@code INFO memory} of one master, or nothing where that is not allowed. */
    void seen(String info) {
        Matcher limit = LIMIT.matcher(info);
        Matcher named = POLICY.matcher(info);
        if (!limit.find() || !named.find() || limit.group(1).equals("0")) {
            return;
        }
        if (!NONE.equals(named.group(1))) {
            policy = named.group(1);
        } else if (fullTold.compareAndSet(false, true)) {
            LOG.warn(
                    "Redis {} has maxmemory-policy noeviction: when it is full, nothing is stored any more and strict"
                            + " writes fail; set allkeys-lru where it serves as a cache only,"
                            + " without tags",
                    server);
        }
        tell();
    }

    /** Marks are set from now on. */
    void endangersMarks() {
        if (!marked) {
            marked = true;
            tell();
        }
    }

    /** Tags are used from now on. */
    void endangersTags() {
        if (!tagged) {
            tagged = true;
            tell();
        }
    }

    private void tell() {
        String known = policy;
        if (tagged && known != null && tagsTold.compareAndSet(false, true)) {
            LOG.warn(
                    "Redis {} has maxmemory-policy {}: when it is full it may evict the index of a tag, and an invalidation of"
                            + " that tag then misses the entries that were registered in it, which live until their TTL; give"
                            + " caches with tags a Redis with room and noeviction",
                    server,
                    known);
        }
        if (marked && known != null && told.compareAndSet(false, true)) {
            LOG.warn(
                    "Redis {} has maxmemory-policy {}: when it is full it may evict the mark of a strict write, or of one"
                            + " with settle, and an old value could be stored; give strict caches a Redis with room and"
                            + " noeviction",
                    server,
                    known);
        }
    }
}
