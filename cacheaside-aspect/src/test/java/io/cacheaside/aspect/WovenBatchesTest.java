package io.cacheaside.aspect;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Batches;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import org.junit.jupiter.api.AfterEach;

class WovenBatchesTest extends BatchesContract {

    private final CacheAsideClient client = Clients.inMemory(events);
    private final CacheAsideWeaving weaving = CacheAsideWeaving.bind(client);

    @Override
    protected Batches service() {
        return (Batches) Weaver.wovenService("BatchService", rows);
    }

    @AfterEach
    void unbind() {
        weaving.close();
        client.close();
    }
}
