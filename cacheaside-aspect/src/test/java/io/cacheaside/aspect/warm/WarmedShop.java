package io.cacheaside.aspect.warm;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Catalogue;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import io.cacheaside.hot.HotCallPolicy;
import io.cacheaside.hot.HotCalls;
import io.cacheaside.memory.MemoryHotCallLog;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Ticker;
import io.cacheaside.test.JavaSerializationCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A woven shop of twenty products in memory, whose calls are recorded, and what warms it. */
abstract class WarmedShop {

    final Rows rows = new Rows();
    final Events events = new Events();
    final MemorySlots slots = new MemorySlots(Ticker.system());
    final HotCalls hot =
            HotCalls.record(HotCallPolicy.of("product").withSample(1), new MemoryHotCallLog(), CacheListener.none());
    final CacheAsideClient client = CacheAsideClient.builder()
            .namespace("shop")
            .store(slots.store())
            .leases(slots.leases())
            .codec(new JavaSerializationCodec())
            .listener(events)
            .hotCalls(hot)
            .build();
    final CacheAsideWeaving weaving = CacheAsideWeaving.bind(client);
    final Catalogue shop = (Catalogue) Weaver.wovenService("ShopService", rows);

    @BeforeEach
    void fill() {
        for (long id = 1; id <= 20; id++) {
            rows.put(new Product(id, "product " + id, 10));
        }
    }

    @AfterEach
    void close() {
        weaving.close();
        client.close();
        hot.close();
    }

    static WarmReport warmed(WarmSource source) {
        return warmed(source, WarmPolicy.DEFAULTS);
    }

    static WarmReport warmed(WarmSource source, WarmPolicy policy) {
        return CacheWarmer.builder().source("it", source).policy(policy).build().warm();
    }

    static List<Object[]> ids(long first, long last) {
        return new ArrayList<>(LongStream.rangeClosed(first, last)
                .mapToObj(id -> new Object[] {id})
                .toList());
    }
}
