package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.AsyncCache;
import io.cacheaside.AsyncClient;
import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.Warmed;
import io.cacheaside.entry.Cached;
import io.cacheaside.entry.Explanation.State;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.RefreshWindow;
import io.cacheaside.test.GatedSlots.Operation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The calls of a client without annotations: what they load and share, and with whom. */
public abstract class ClientContract extends ClientCast {

    @Test
    void value_isLoadedOnceForHandlesWrittenKeysAndReadPaths() throws Throwable {
        CacheAsideClient client = built(builder());
        Cache<Long, String> users = client.cache(name, Long.class, String.class);
        assertThat(users.getOrLoad(1L, this::row)).isEqualTo("Ann");
        awaitFills(1);
        assertThat(users.getOrLoad(1L, this::row)).isEqualTo("Ann");
        assertThat(client.getOrLoad(name + ":1", String.class, MINUTE, key -> row(1)))
                .isEqualTo("Ann");
        assertThat(client.getOrLoad(key(1), String.class, MINUTE, key -> row(1)))
                .isEqualTo("Ann");
        assertThat(client.readPath(client.policyOf(name, CacheSettings.NONE), String.class)
                        .read(key(1), () -> row(1), null))
                .isEqualTo("Ann");
        assertThat(queries).hasSize(1);
    }

    @Test
    void manyValues_areLoadedTogether_andComeInTheOrderOfTheRequest() {
        Cache<Long, String> users = users(remembering());
        store(users, 2);
        queries.clear();
        assertThat(users.getAllOrLoad(List.of(3L, 2L, 9L, 3L, 1L), this::rows))
                .containsExactly(Map.entry(3L, "Cy"), Map.entry(2L, "Bea"), Map.entry(1L, "Ann"));
        awaitFills(4);
        assertThat(users.getAllOrLoad(List.of(1L, 9L), this::rows)).containsExactly(Map.entry(1L, "Ann"));
        assertThat(queries).containsExactly(List.of(3L, 9L, 1L));
        assertThat(users.peek(9L)).isEqualTo(Cached.absent());
    }

    /** A key that its caller may change. */
    private static final class Changing {

        private volatile long id = 1;

        @Override
        public String toString() {
            return "" + id;
        }
    }

    @Test
    void hitBeforeTheEnd_loadsInTheBackground_unlessItsKeyIsAnotherOneByThen() {
        CacheAsideClient client = built(builder());
        Cache<Changing, String> users = client.cache(
                name,
                Changing.class,
                String.class,
                CacheSettings.builder()
                        .ttl(MINUTE)
                        .refreshAhead(new RefreshWindow(0, MINUTE.minusMillis(1)))
                        .build());
        Changing key = new Changing();
        users.getOrLoad(key, changing -> row(changing.id));
        awaitFills(1);
        rows.put(1L, "Ada");
        await("the new value", () -> "Ada".equals(users.getOrLoad(key, changing -> row(changing.id))));
        Gate loading = new Gate("the load in the background");
        AtomicBoolean begun = new AtomicBoolean();
        await("another one", () -> {
            users.getOrLoad(key, changing -> {
                begun.set(true);
                loading.pass();
                return row(changing.id);
            });
            return begun.get();
        });
        key.id = 2;
        loading.open();
        client.close(); // what was begun has ended
        assertThat(built(builder()).peek(key(1), String.class)).isEqualTo(Cached.of("Ada"));
        assertThat(built(builder()).peek(key(2), String.class)).isEqualTo(Cached.nothing());
    }

    @Test
    void noKeys_callNobody() {
        CacheAsideClient client = built(builder());
        Cache<Long, String> users = client.cache(name, Long.class, String.class);
        assertThat(users.getAllOrLoad(List.of(), this::rows)).isEmpty();
        assertThat(client.getAllOrLoad(List.of(), String.class, MINUTE, keys -> Map.of()))
                .isEmpty();
        assertThat(users.warm(List.of(), this::rows).isComplete()).isTrue();
        users.invalidate();
        assertThat(queries).isEmpty();
        assertThat(gates().answered(Operation.GET)).isZero();
        assertThat(gates().answered(Operation.INVALIDATE)).isZero();
    }

    @Test
    void loaderThatReturnsOtherKeys_storesOnlyWhatItWasAskedFor() {
        Cache<Long, String> users = users();
        assertThat(users.getAllOrLoad(List.of(1L), ids -> rows)).containsExactly(Map.entry(1L, "Ann"));
        awaitFills(1);
        assertThat(users.peek(2L)).isEqualTo(Cached.nothing());
    }

    @Test
    void absenceBesideOtherKeys_isNotRemembered() {
        Cache<Long, String> users = users(remembering());
        assertThat(users.getAllOrLoad(List.of(1L, 9L), ids -> rows)).containsExactly(Map.entry(1L, "Ann"));
        awaitFills(1);
        assertThat(users.peek(9L)).isEqualTo(Cached.nothing());
        assertThat(users.getAllOrLoad(List.of(9L), this::rows)).isEmpty();
        awaitFills(2);
        assertThat(users.peek(9L)).isEqualTo(Cached.absent());
    }

    @Test
    void writtenKeys_areOfOneCacheACall() {
        CacheAsideClient client = built(builder());
        assertThat(client.getAllOrLoad(List.of(name + ":a:b", key("c")), String.class, MINUTE, ClientContract::written))
                .containsExactly(
                        Map.entry(name + ":a:b", "of " + name + ":a:b"), Map.entry(key("c"), "of " + key("c")));
        awaitFills(2);
        assertThat(client.peek(key("a:b"), String.class).toOptional()).contains("of " + name + ":a:b");
        assertThatThrownBy(() ->
                        client.getAllOrLoad(List.of(name + ":a", "other:b"), String.class, MINUTE, keys -> Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other:b");
    }

    private static Map<String, String> written(List<String> keys) {
        return keys.stream().collect(Collectors.toMap(key -> key, key -> "of " + key));
    }

    @Test
    void futures_answerAsTheBlockingCallsDo() {
        CacheAsideClient client = built(builder());
        AsyncCache<Long, String> users =
                client.cache(name, Long.class, String.class).async();
        AsyncClient texts = client.async();
        assertThat(users.getAllOrLoad(List.of(3L, 1L), this::rows).join())
                .containsExactly(Map.entry(3L, "Cy"), Map.entry(1L, "Ann"));
        assertThat(texts.getOrLoad(name + ":2", String.class, MINUTE, key -> row(2))
                        .join())
                .isEqualTo("Bea");
        assertThat(texts.getAllOrLoad(List.of(key("x")), String.class, MINUTE, ClientContract::written)
                        .join())
                .containsExactly(Map.entry(key("x"), "of " + key("x")));
        awaitFills(4);
        assertThat(texts.peek(name + ":2", String.class).join()).isEqualTo(Cached.of("Bea"));
        assertThat(texts.explain(key(2)).join().state()).isEqualTo(State.HIT);
        assertThat(users.explain(2L).join().state()).isEqualTo(State.HIT);
        List<String> keys = List.of(key("x"), name + ":y");
        Warmed warmed =
                texts.warm(keys, String.class, MINUTE, ClientContract::written).join();
        assertThat(warmed.present()).isOne();
        assertThat(warmed.loaded()).isOne();
        awaitFills(5);
        assertThat(client.warm(keys, String.class, MINUTE, ClientContract::written)
                        .present())
                .isEqualTo(2);
    }

    @Test
    void exceptionOfALoader_isThrownAsItIs() {
        Cache<Long, String> users = users();
        IOException checked = new IOException("gone");
        assertThatThrownBy(() -> users.getOrLoad(1L, id -> {
                    throw checked;
                }))
                .isSameAs(checked);
        assertThatThrownBy(() -> users.getAllOrLoad(List.of(1L), ids -> {
                    throw checked;
                }))
                .isSameAs(checked);
        assertThatThrownBy(() -> users.async()
                        .getOrLoad(1L, id -> {
                            throw checked;
                        })
                        .get())
                .hasCause(checked);
    }

    @Test
    void nullKey_isRefusedInTheNameOfTheHandle_beforeAnythingIsDone() {
        Cache<Long, String> users = users();
        List<@Nullable Long> withNull = Arrays.asList(1L, null);
        List<Runnable> calls = List.of(
                () -> users.getOrLoad(nothing(), this::row),
                () -> users.getAllOrLoad(keys(withNull), this::rows),
                () -> users.invalidate(keys(withNull)),
                () -> users.peek(nothing()),
                () -> users.explain(nothing()),
                () -> users.warm(keys(withNull), this::rows));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cache '" + name + "' of Long to java.lang.String: the key is null");
        }
        assertThat(queries).isEmpty();
        assertThat(gates().answered(Operation.INVALIDATE)).isZero();
    }

    @SuppressWarnings("NullAway") // what a caller without null checks passes
    private static Long nothing() {
        return null;
    }

    @Test
    void nullCollectionOfKeys_isRefusedInTheNameOfTheHandle() {
        Cache<Long, String> users = users();
        List<Long> none = noKeys();
        List<Runnable> calls = List.of(
                () -> users.getAllOrLoad(none, this::rows),
                () -> users.invalidate(none),
                () -> users.invalidateLater(none),
                () -> users.warm(none, this::rows),
                () -> users.async().getAllOrLoad(none, this::rows),
                () -> users.async().invalidate(none));
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(users + ": the collection of keys is null"));
    }

    @SuppressWarnings("NullAway")
    private static List<Long> noKeys() {
        return null;
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private static List<Long> keys(List<@Nullable Long> keys) {
        return (List<Long>) (List<?>) keys;
    }

    @Test
    void closing_letsCallsUnderWayEnd_andFailsThoseThatHaveNotBegun() {
        CacheAsideClient client = built(builder());
        Cache<Long, String> users = client.cache(name, Long.class, String.class);
        Gate gate = new Gate("loads");
        List<CompletableFuture<@Nullable String>> running = IntStream.range(0, 16)
                .mapToObj(id -> users.async().getOrLoad(100L + id, key -> {
                    gate.pass();
                    return Thread.currentThread().getName();
                }))
                .toList();
        CompletableFuture<@Nullable String> waiting = users.async().getOrLoad(1L, this::row);
        client.close();
        assertThatThrownBy(waiting::join).hasMessageContaining("closed before this call began");
        assertThatThrownBy(() -> users.async().getOrLoad(1L, this::row).join())
                .hasRootCauseInstanceOf(java.util.concurrent.RejectedExecutionException.class)
                .hasMessageContaining("The client is closed, so nothing was done");
        gate.open();
        assertThat(running).allSatisfy(read -> assertThat(read.join()).startsWith("cacheaside-async-"));
        assertThat(queries).isEmpty();
    }

    @Test
    void closedClient_runsLoadersAndNothingElse() {
        Cache<Long, String> users = users();
        store(users, 1);
        rows.put(1L, "Ada");
        clients.get(0).close();
        assertThat(users.getOrLoad(1L, this::row)).isEqualTo("Ada");
        assertThat(users.getAllOrLoad(List.of(9L, 1L), this::rows)).containsExactly(Map.entry(1L, "Ada"));
        assertThat(users.peek(1L)).isEqualTo(Cached.nothing());
        assertThat(users.explain(1L).reasons()).contains("the client is closed, so loaders just run");
        assertThat(users.warm(List.of(1L), this::rows).failed()).isOne();
    }
}
