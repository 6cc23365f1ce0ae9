package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.test.CommandTap;
import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.Gate;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the three masters of a cluster receive for a batch. */
class ClusterRoundTripsTest extends OwnRedis {

    private static final int SIZE = 100;
    private static final int MISSES = 10;

    private final EmbeddedCluster cluster = SharedCluster.cluster();
    private final String run = UUID.randomUUID().toString();
    private final List<String> keys =
            IntStream.range(0, SIZE).mapToObj(i -> TestJvm.key(run + i)).toList();
    private final Map<EmbeddedRedis, CommandTap> taps = new LinkedHashMap<>();
    private final TestJvm jvm = closing(new TestJvm(SharedCluster.connect(), TestJvm.settings()));

    @BeforeEach
    void storeAllButTheMisses() throws Throwable {
        jvm.readAll(keys.subList(MISSES, SIZE), ClusterRoundTripsTest::named);
        await("the fills", () -> jvm.gates().answered(Operation.FILL) == SIZE - MISSES);
        for (int i = 0; taps.size() < 3; i++) {
            taps.computeIfAbsent(cluster.masterOf(keys.get(i)), master -> closing(master.tap()));
        }
        for (EmbeddedRedis master : taps.keySet()) {
            // a script that a server does not know is sent twice
            for (Script script : Script.values()) {
                master.command("SCRIPT", "LOAD", script.source());
            }
        }
        taps.values().forEach(CommandTap::calls);
    }

    private static Object[] named(int[] positions) {
        return IntStream.of(positions).mapToObj(position -> "value " + position).toArray();
    }

    /** What each master has received of this test's keys since the last call. */
    private List<List<String>> received() {
        return taps.values().stream()
                .map(tap -> tap.calls().stream()
                        .filter(call -> call.contains(run))
                        .map(call -> call.substring(0, call.indexOf(' ')))
                        .toList())
                .toList();
    }

    @Test
    void batch_isALookThenItsLeasesAtEachMaster_andItsFillsAreNotWaitedFor() throws Throwable {
        Gate fills = jvm.gates().holdAllBeforeSend(Operation.FILL);
        assertThat(jvm.readAll(keys, ClusterRoundTripsTest::named))
                .hasSize(SIZE)
                .doesNotContainNull();
        List<List<String>> waitedFor = received();
        assertThat(waitedFor)
                .allSatisfy(commands -> assertThat(commands)
                        .as("no GET after an ACQUIRE")
                        .isSortedAccordingTo(Comparator.reverseOrder()));
        assertThat(waitedFor.stream().flatMap(List::stream).filter("GET"::equals))
                .hasSize(SIZE);
        assertThat(waitedFor.stream().flatMap(List::stream).filter("EVALSHA"::equals))
                .hasSize(slots(keys.subList(0, MISSES)));
        fills.open();
        await("the fills", () -> jvm.gates().answered(Operation.FILL) == SIZE);
        assertThat(received()).allSatisfy(commands -> assertThat(commands).containsOnly("EVALSHA"));
    }

    private int slots(List<String> some) {
        return (int) some.stream().map(cluster::slotOf).distinct().count();
    }

    @Test
    void looksAndLeases_areOneTripEach() throws Throwable {
        List<Gate> looks = IntStream.range(0, SIZE)
                .mapToObj(i -> jvm.gates().holdReply(Operation.GET))
                .toList();
        List<Gate> leases = IntStream.range(0, MISSES)
                .mapToObj(i -> jvm.gates().holdReply(Operation.ACQUIRE))
                .toList();
        TestJvm.Call<List<String>> batch = jvm.startAll(keys, ClusterRoundTripsTest::named);
        for (List<Gate> trip : List.of(looks, leases)) {
            trip.forEach(Gate::awaitArrival);
            trip.forEach(Gate::open);
        }
        assertThat(batch.result()).hasSize(SIZE).doesNotContainNull();
    }

    @Test
    void keysOfOneSlot_areOneCommand() {
        Map<Integer, String> seen = new HashMap<>();
        String other = "";
        String one = null;
        for (int i = 0; one == null; i++) {
            other = TestJvm.key(run + "-" + i);
            one = seen.put(cluster.slotOf(other), other);
        }
        List<Claim> claims = List.of(new Claim(Objects.requireNonNull(one), holder()), new Claim(other, holder()));
        jvm.gates()
                .slots()
                .leases()
                .acquireAll(claims, LONG, true)
                .forEach(attempt -> assertThat(answer(attempt)).isInstanceOf(LeaseAttempt.Taken.class));
        assertThat(received().stream().flatMap(List::stream)).containsExactly("EVALSHA");
        answer(jvm.gates().slots().leases().releaseAll(claims));
        assertThat(received().stream().flatMap(List::stream)).containsExactly("EVALSHA");
    }
}
