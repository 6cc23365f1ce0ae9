package io.cacheaside.aspect;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Tagged;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import org.junit.jupiter.api.AfterEach;

class WovenTagsTest extends TagsContract {

    private final CacheAsideClient client = Clients.inMemory(events);
    private final CacheAsideWeaving weaving = CacheAsideWeaving.bind(client);

    @Override
    protected Tagged service() {
        return (Tagged) Weaver.wovenService("TaggedService", rows);
    }

    @AfterEach
    void unbind() {
        weaving.close();
        client.close();
    }
}
