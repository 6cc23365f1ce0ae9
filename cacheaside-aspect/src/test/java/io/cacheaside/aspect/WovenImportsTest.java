package io.cacheaside.aspect;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Imports;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import org.junit.jupiter.api.AfterEach;

class WovenImportsTest extends ImportsContract {

    private final CacheAsideClient client = Clients.inMemory(events);
    private final CacheAsideWeaving weaving = CacheAsideWeaving.bind(client);

    @Override
    protected Imports service() {
        return (Imports) Weaver.wovenService("ImportService", rows);
    }

    @AfterEach
    void unbind() {
        weaving.close();
        client.close();
    }
}
