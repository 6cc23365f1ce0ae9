package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.BatchLoader;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The races of batches with writers, with readers of one element and with each other. */
public abstract class BatchInterleavingsContract extends BatchRaces {

    private final long stranger = ThreadLocalRandom.current().nextLong(1L << 62, Long.MAX_VALUE);

    /** Takes the lease of a row, as another application's load. */
    private void takeLease(Slots slots, String name) {
        assertThat(answer(slots.leases().acquire(k(name), stranger, Duration.ofSeconds(10), true)))
                .isInstanceOf(LeaseAttempt.Taken.class);
    }

    // ---- with writers

    @Test
    void elementInvalidatedDuringTheCall_isNotStored_andTheOthersAre() throws Throwable {
        Loading batch = startLoading(a(), "abc");
        shelf().put(k("b"), "v2 of b");
        b().invalidate(k("b"));
        assertThat(batch.finish()).isEqualTo(values("abc"));
        awaitStored(a(), 3);
        assertThat(read(b(), "abc")).containsExactly("v1 of a", "v2 of b", "v1 of c");
        assertCalls("abc", "b");
    }

    @Test
    void elementInvalidatedDuringTheCall_isLoadedAgainForABatchThatCameLater() throws Throwable {
        Loading first = startLoading(a(), "ab");
        shelf().put(k("b"), "v2 of b");
        a().invalidate(k("b"));
        Call<List<@Nullable String>> later = start(a(), "abc");
        awaitJoining(later);
        assertThat(first.finish()).isEqualTo(values("ab"));
        assertThat(later.result()).containsExactly("v1 of a", "v2 of b", "v1 of c");
        assertCalls("ab", "c", "b");
    }

    @Test
    void elementInvalidatedBeforeItIsStored_isNotStored_andTheOthersAre() throws Throwable {
        List<Gate> fills = IntStream.range(0, 3)
                .mapToObj(i -> a().gates().holdBeforeSend(Operation.FILL))
                .toList();
        assertThat(read(a(), "abc")).isEqualTo(values("abc"));
        fills.forEach(Gate::awaitArrival);
        shelf().put(k("b"), "v2 of b");
        b().invalidate(k("b"));
        fills.forEach(Gate::open);
        awaitStored(a(), 3);
        assertThat(read(b(), "abc")).containsExactly("v1 of a", "v2 of b", "v1 of c");
        assertCalls("abc", "b");
    }

    @Test
    void batchWhileItsFillsAreUnderWay_takesNothingThatWasInvalidated() throws Throwable {
        List<Gate> fills = IntStream.range(0, 2)
                .mapToObj(i -> a().gates().holdReply(Operation.FILL))
                .toList();
        read(a(), "ab");
        fills.forEach(Gate::awaitArrival);
        shelf().put(k("b"), "v2 of b");
        b().invalidate(k("b"));
        assertThat(read(a(), "ab")).containsExactly("v1 of a", "v2 of b");
        fills.forEach(Gate::open);
    }

    @Test
    void elementThatIsMarked_isLoadedAndNotStored_andTheOthersAre() throws Throwable {
        answer(connect().store().mark(List.of(k("b")), 7, Duration.ofMinutes(1)));
        assertThat(read(a(), "abc")).isEqualTo(values("abc"));
        awaitStored(a(), 2);
        assertThat(read(b(), "abc")).isEqualTo(values("abc"));
        assertCalls("abc", "b");
    }

    // ---- with each other

    @Test
    void overlappingBatchesOfOneJvm_loadEachElementOnce() throws Throwable {
        Loading first = startLoading(a(), "abc");
        Call<List<@Nullable String>> second = start(a(), "dcba");
        awaitJoining(second);
        assertCalls("abc", "d");
        assertThat(first.finish()).isEqualTo(values("abc"));
        assertThat(second.result()).isEqualTo(values("dcba"));
        assertCalls("abc", "d");
    }

    @Test
    void overlappingBatchesOfTwoJvms_loadEachElementOnce() throws Throwable {
        Loading first = startLoading(a(), "abc");
        Call<List<@Nullable String>> second = start(b(), "dcba");
        awaitStored(b(), 1);
        assertCalls("abc", "d");
        assertThat(first.finish()).isEqualTo(values("abc"));
        assertThat(second.result()).isEqualTo(values("dcba"));
        assertCalls("abc", "d");
    }

    /** Who waits for others first keeps its own elements, and all who need them, waiting for no reason. */
    @Test
    void ownElements_areLoadedBeforeTheWaitForOthers() throws Throwable {
        List<String> order = new CopyOnWriteArrayList<>();
        TestJvm jvm = jvm(new CacheListener() {
            @Override
            public void load(String cache, Duration took, boolean failed) {
                order.add("load");
            }

            @Override
            public void leaseWait(String cache, Duration took) {
                order.add("wait");
            }
        });
        Slots slots = connect();
        takeLease(slots, "b");
        Call<List<@Nullable String>> batch = start(jvm, "ab");
        awaitStored(jvm, 1);
        answer(slots.leases().release(k("b"), stranger));
        assertThat(batch.result()).isEqualTo(values("ab"));
        assertThat(order).startsWith("load", "wait").endsWith("load");
        assertCalls("a", "b");
    }

    @Test
    void batchThatWaits_holdsNoLeaseAndNoFlight() throws Throwable {
        Slots slots = connect();
        takeLease(slots, "b");
        Call<List<@Nullable String>> batch = start(a(), "ab");
        awaitStored(a(), 1);
        a().invalidate(k("a"));
        assertThat(a().read(k("a"), () -> "loaded here"))
                .as("no flight is joined")
                .isEqualTo("loaded here");
        a().invalidate(k("a"));
        assertThat(b().read(k("a"), () -> "loaded there"))
                .as("no lease is waited for")
                .isEqualTo("loaded there");
        answer(slots.leases().release(k("b"), stranger));
        assertThat(batch.result()).isEqualTo(values("ab"));
    }

    @Test
    void batchesThatNeedEachOthersElements_doNotWaitInACircle() throws Throwable {
        Slots slots = connect();
        takeLease(slots, "b");
        Loading first = startLoading(a(), "ab");
        answer(slots.leases().release(k("b"), stranger));
        Call<List<@Nullable String>> second = start(b(), "ba");
        awaitStored(b(), 1);
        assertCalls("a", "b");
        assertThat(first.finish()).isEqualTo(values("ab"));
        assertThat(second.result()).isEqualTo(values("ba"));
        assertCalls("a", "b");
    }

    @Test
    void manyOverlappingBatchesOfTwoJvms_loadEachElementOnce() throws Throwable {
        List<Call<List<@Nullable String>>> batches = new ArrayList<>();
        List<String> names = List.of("abcdef", "fedcba", "cdefgh", "hgfedc", "bdfh", "hfdb", "aceg", "geca");
        for (String name : names) {
            batches.add(start(a(), name));
            batches.add(start(b(), name));
        }
        for (int i = 0; i < batches.size(); i++) {
            assertThat(batches.get(i).result()).isEqualTo(values(names.get(i / 2)));
        }
        assertThat(loadedRows()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g", "h");
    }

    @Test
    void elementsThatOthersDidNotSupply_areLoadedTogetherInOneMoreCall() throws Throwable {
        Gate failing = new Gate("rows read");
        Call<List<@Nullable String>> first = a().startAll(keys("abc"), failingAt(failing));
        failing.awaitArrival();
        Call<List<@Nullable String>> elsewhere = start(b(), "abcd");
        awaitStored(b(), 1);
        Call<List<@Nullable String>> here = start(a(), "cbe");
        awaitStored(a(), 1);
        awaitJoining(here);
        failing.open();
        assertThatThrownBy(first::result).isExactlyInstanceOf(IOException.class).hasMessage("no rows");
        assertThat(elsewhere.result()).isEqualTo(values("abcd"));
        assertThat(here.result()).isEqualTo(values("cbe"));
        assertThat(loadedRows()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    private static BatchLoader failingAt(Gate gate) {
        return positions -> {
            gate.pass();
            throw new IOException("no rows");
        };
    }

    // ---- with readers of one element

    @Test
    void readerOfOneElement_joinsTheBatch_andTheBatchJoinsIt() throws Throwable {
        Loading batch = startLoading(a(), "ab");
        Gate oneLoaded = new Gate("row read");
        Call<@Nullable String> one = a().start(k("c"), () -> {
            oneLoaded.pass();
            return "c of one";
        });
        oneLoaded.awaitArrival();
        Call<@Nullable String> joiner = a().start(k("a"), () -> "not asked");
        Call<List<@Nullable String>> joining = start(a(), "cd");
        awaitJoining(joining);
        assertThat(batch.finish()).isEqualTo(values("ab"));
        oneLoaded.open();
        assertThat(one.result()).isEqualTo("c of one");
        assertThat(joiner.result()).isEqualTo("v1 of a");
        assertThat(joining.result()).containsExactly("c of one", "v1 of d");
        assertCalls("ab", "d");
    }

    @Test
    void readerOfOneElement_doesNotGetTheExceptionOfABatch() throws Throwable {
        Gate failing = new Gate("rows read");
        Call<List<@Nullable String>> batch = a().startAll(keys("ab"), failingAt(failing));
        failing.awaitArrival();
        Call<@Nullable String> one = a().start(k("a"), () -> "alone");
        one.awaitParkedIn(BatchLoader.class.getPackage(), "ReadPath", "join");
        failing.open();
        assertThatThrownBy(batch::result).hasMessage("no rows");
        assertThat(one.result()).isEqualTo("alone");
    }
}
