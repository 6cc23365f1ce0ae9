package io.cacheaside.test;

import static io.cacheaside.test.Await.await;

import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.test.GatedSlots.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client on gated slots, with handles of users, and a source of rows that notes who was asked for. */
abstract class ClientCast {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration SHORT = Duration.ofMillis(200);

    final String name = "u" + UUID.randomUUID();
    final ManualTransactions transactions = new ManualTransactions();
    final Map<Long, String> rows = new HashMap<>(Map.of(1L, "Ann", 2L, "Bea", 3L, "Cy"));
    final List<List<Long>> queries = new CopyOnWriteArrayList<>();
    final List<CacheAsideClient> clients = new ArrayList<>();
    private @Nullable GatedSlots gates;

    /** One more JVM's view of the slots that all views share. */
    protected abstract Slots connect();

    @BeforeEach
    void open() {
        gates = new GatedSlots(connect());
    }

    @AfterEach
    void close() {
        clients.forEach(CacheAsideClient::close);
    }

    final GatedSlots gates() {
        if (gates == null) {
            throw new IllegalStateException("not open");
        }
        return gates;
    }

    final CacheAsideClientBuilder builder() {
        return CacheAsideClient.builder()
                .namespace("test")
                .store(gates().slots().store())
                .leases(gates().slots().leases())
                .codec(new JavaSerializationCodec())
                .transactions(transactions)
                .defaults(TestJvm.settings());
    }

    final CacheAsideClient built(CacheAsideClientBuilder builder) {
        CacheAsideClient client = builder.build();
        clients.add(client);
        return client;
    }

    final Cache<Long, String> users(CacheSettings.Builder settings) {
        return built(builder()).cache(name, Long.class, String.class, settings.build());
    }

    final Cache<Long, String> users() {
        return users(CacheSettings.builder());
    }

    static CacheSettings.Builder remembering() {
        return CacheSettings.builder().nullTtl(MINUTE);
    }

    final @Nullable String row(long id) {
        queries.add(List.of(id));
        return rows.get(id);
    }

    final Map<Long, String> rows(List<Long> ids) {
        queries.add(ids);
        return ids.stream().filter(rows::containsKey).collect(Collectors.toMap(id -> id, rows::get));
    }

    final String key(Object id) {
        return "test:" + name + ":" + id;
    }

    final void awaitFills(int fills) {
        await("fill " + fills, () -> gates().answered(Operation.FILL) >= fills);
    }

    final void store(Cache<Long, String> users, long id) {
        int fills = gates().answered(Operation.FILL);
        users.getOrLoad(id, this::row);
        awaitFills(fills + 1);
    }
}
