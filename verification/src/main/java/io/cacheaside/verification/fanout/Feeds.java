package io.cacheaside.verification.fanout;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Each;
import io.cacheaside.annotation.Invalidate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A post invalidates the feeds of all followers of its author. */
public class Feeds {

    static final String CACHE = "feed";

    /** The feeds of some. */
    @CacheAside(key = "feed:#id", ttl = "1h")
    public Map<Long, String> feeds(@Each("id") Collection<Long> ids) {
        Map<Long, String> feeds = new LinkedHashMap<>();
        ids.forEach(id -> feeds.put(id, "posts for " + id));
        return feeds;
    }

    /** Posts. */
    @Invalidate(key = "feed:#follower", async = true)
    public void publish(@Each("follower") List<Long> followers) {
        // the database is no part of this
    }
}
