package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.BatchLoader;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** The cast of batches: rows named by letters, of which {@code a} to {@code h} are there, and batches named by their rows. */
public abstract class BatchRaces extends Races {

    private final Shelf shelf = new Shelf();

    @BeforeEach
    void fillTheShelf() {
        "abcdefgh".chars().forEach(c -> shelf.put(k(String.valueOf((char) c)), "v1 of " + (char) c));
    }

    final Shelf shelf() {
        return shelf;
    }

    /** The key of the row {@code name}. */
    final String k(String name) {
        return key() + name;
    }

    final List<@Nullable String> keys(String names) {
        return names.chars().mapToObj(c -> k(String.valueOf((char) c))).toList();
    }

    final List<@Nullable String> values(String names) {
        return names.chars().mapToObj(c -> "v1 of " + (char) c).toList();
    }

    /** A JVM whose cache differs from the others' in what {@code change} sets. */
    final TestJvm jvmWith(UnaryOperator<CacheSettings.Builder> change) {
        return jvm(settingsWith(change));
    }

    static CacheSettings settingsWith(UnaryOperator<CacheSettings.Builder> change) {
        return change.apply(CacheSettings.builder()).build().orElse(TestJvm.settings());
    }

    final BatchLoader loader(String names) {
        return shelf.loader(keys(names));
    }

    final List<@Nullable String> read(TestJvm jvm, String names) throws Throwable {
        return jvm.readAll(keys(names), loader(names));
    }

    /** As {@link #read}, and what it stores is stored when this returns. */
    final void store(TestJvm jvm, String names) throws Throwable {
        int before = jvm.gates().answered(Operation.FILL);
        int stored = shelf.loaded();
        read(jvm, names);
        awaitStored(jvm, before + shelf.loaded() - stored);
    }

    final Call<List<@Nullable String>> start(TestJvm jvm, String names) {
        return jvm.startAll(keys(names), loader(names));
    }

    /** A batch that has read its rows and stands there. */
    record Loading(Call<List<@Nullable String>> call, Gate gate) {

        @Nullable
        List<@Nullable String> finish() throws Throwable {
            gate.open();
            return call.result();
        }
    }

    final Loading startLoading(TestJvm jvm, String names) {
        return startLoading(jvm, names, loader(names));
    }

    final Loading startLoading(TestJvm jvm, String names, BatchLoader loader) {
        Gate gate = new Gate("rows read");
        Call<List<@Nullable String>> call = jvm.startAll(keys(names), positions -> {
            @Nullable Object[] values = loader.load(positions);
            gate.pass();
            return values;
        });
        gate.awaitArrival();
        return new Loading(call, gate);
    }

    /** Waits until {@code batch} waits for a flight that it has joined. */
    static void awaitJoining(Call<?> batch) {
        batch.awaitParkedIn(BatchLoader.class.getPackage(), "BatchRound", "join");
    }

    static void awaitStored(TestJvm jvm, int fills) {
        awaitAnswered(jvm, Operation.FILL, fills);
    }

    /** For which rows the source was asked, call by call. */
    final void assertCalls(String... names) {
        assertThat(shelf.calls())
                .containsExactlyElementsOf(Arrays.stream(names).map(this::keys).toList());
    }

    /** For which rows it was asked, one after the other, each as often as it was. */
    final List<String> loadedRows() {
        return shelf.calls().stream()
                .flatMap(List::stream)
                .map(row -> String.valueOf(row).substring(key().length()))
                .toList();
    }
}
