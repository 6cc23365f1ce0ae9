package io.cacheaside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.KeyGroup.WholeCache;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final Duration SETTLE = Duration.ofSeconds(3);

    private final AtomicLong nanos = new AtomicLong();
    private final Journal journal = new Journal(10, nanos::get);

    private static Removing plain(String cache, String key) {
        return new Removing(Stale.plain(cache, key), Removal.NO_MARK);
    }

    private static Removing removing(String key, long mark, Duration settle) {
        return new Removing(new Stale("user", key, new InvalidationPolicy(false, settle, false)), mark);
    }

    private static List<Removing> many(String cache, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> plain(cache, cache + ":" + i))
                .toList();
    }

    private boolean holds(String key) {
        return journal.holds("user", key);
    }

    @Test
    void entry_leavesForACommandThatWasSentAfterItCame() {
        long before = journal.version();
        journal.add(List.of(plain("user", "k")));
        assertThat(journal.confirm(plain("user", "k"), before)).isFalse();
        assertThat(holds("k")).isTrue();
        assertThat(journal.confirm(plain("user", "k"), journal.version())).isTrue();
        assertThat(holds("k")).isFalse();
    }

    @Test
    void entryThatCameAgain_staysForACommandFromBetween() {
        journal.add(List.of(plain("user", "k")));
        long between = journal.version();
        journal.add(List.of(plain("user", "k")));
        assertThat(journal.confirm(plain("user", "k"), between)).isFalse();
        assertThat(holds("k")).isTrue();
    }

    @Test
    void entryThatHasToSettle_staysForACommandWithout() {
        journal.add(List.of(removing("k", Removal.NO_MARK, SETTLE)));
        assertThat(journal.confirm(plain("user", "k"), journal.version())).isFalse();
        assertThat(journal.confirm(removing("k", 7, SETTLE), journal.version())).isTrue();
    }

    @Test
    void entryWithAMarkToDrop_staysForACommandThatDropsNoneOrAnother() {
        journal.add(List.of(removing("k", 7, Duration.ZERO)));
        assertThat(journal.confirm(plain("user", "k"), journal.version())).isFalse();
        assertThat(journal.confirm(removing("k", 8, Duration.ZERO), journal.version()))
                .isFalse();
        assertThat(journal.confirm(removing("k", 7, Duration.ZERO), journal.version()))
                .isTrue();
    }

    @Test
    void batches_takeTurnsAndNewEntriesComeFirst() {
        journal.add(many("user", 4));
        List<Removing> round = new ArrayList<>(journal.next(2));
        journal.add(List.of(plain("user", "new")));
        round.addAll(journal.next(1));
        round.addAll(journal.next(5));
        assertThat(round).hasSize(5).doesNotHaveDuplicates();
        journal.add(List.of(plain("user", "newer")));
        assertThat(journal.next(3))
                .as("a short end of the round")
                .extracting(Removing::key)
                .containsExactly("newer");
        assertThat(journal.next(4)).hasSize(4);
        journal.add(List.of(plain("user", "newest")));
        assertThat(journal.next(2)).extracting(Removing::key).startsWith("newest");
        assertThat(journal.next(10)).hasSize(1);
        assertThat(journal.next(10)).hasSize(7);
    }

    @Test
    void newCountOfDoubts_isSeenByNobodyBeforeTheEntriesAre() throws Exception {
        Journal large = new Journal(100_000, nanos::get);
        List<Removing> keys = many("user", 50_000);
        FutureTask<Boolean> reader = new FutureTask<>(() -> {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (large.doubts() == 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return large.holds("user", "user:49999");
        });
        new Thread(reader).start();
        large.doubt(keys, Map.of());
        assertThat(reader.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void overflow_distrustsTheLargestCacheAndKeepsTheOthersKeys() {
        journal.add(many("order", 3));
        Collection<KeyGroup> distrusted = journal.add(many("user", 8));
        assertThat(distrusted).containsExactly(new WholeCache("user"));
        assertThat(journal.size()).isEqualTo(3);
        assertThat(journal.holds("user", "user:any")).isTrue();
        assertThat(journal.holds("order", "order:1")).isTrue();
        assertThat(journal.holds("order", "order:any")).isFalse();
    }

    @Test
    void distrustedCache_isTrustedAfterItsRemovalWasAcknowledged() {
        journal.add(many("user", 11));
        Journal.Distrusted due = journal.due().get(0);
        assertThat(journal.trust(due)).isTrue();
        assertThat(journal.isEmpty()).isTrue();
        assertThat(holds("user:1")).isFalse();
    }

    @Test
    void distrustedCache_staysSoForARemovalThatBeganBeforeALaterWrite() {
        journal.add(many("user", 11));
        Journal.Distrusted due = journal.due().get(0);
        assertThat(journal.add(many("user", 1))).as("it is already").isEmpty();
        assertThat(journal.size()).as("its keys are not kept").isZero();
        assertThat(journal.trust(due)).isFalse();
        assertThat(holds("user:1")).isTrue();
        assertThat(journal.trust(journal.due().get(0))).isTrue();
    }

    @Test
    void distrustedCacheThatHasToSettle_isRemovedNoEarlier() {
        journal.add(List.of(removing("k", Removal.NO_MARK, SETTLE)));
        journal.add(many("user", 10));
        assertThat(journal.due()).isEmpty();
        nanos.addAndGet(SETTLE.toNanos());
        assertThat(journal.due()).hasSize(1);
        journal.add(List.of(removing("l", Removal.NO_MARK, SETTLE)));
        assertThat(journal.due()).isEmpty();
    }

    @Test
    void doubt_bringsKeysAndCachesBackAndVoidsWhatIsUnderWay() {
        journal.add(List.of(plain("user", "k")));
        journal.add(many("order", 10));
        Journal.Distrusted due = journal.due().get(0);
        long version = journal.version();
        long doubts = journal.doubts();
        Collection<KeyGroup> distrusted = journal.doubt(
                List.of(plain("user", "k"), plain("user", "l")), Map.of(new WholeCache("item"), Duration.ZERO));
        assertThat(distrusted).containsExactly(new WholeCache("item"));
        assertThat(journal.doubts()).isNotEqualTo(doubts);
        assertThat(journal.confirm(plain("user", "k"), version)).isFalse();
        assertThat(holds("l")).isTrue();
        assertThat(journal.trust(due)).isFalse();
        assertThat(journal.holds("item", "item:1")).isTrue();
    }

    @Test
    void groupThatWasNotAcknowledged_holdsItsCacheAndThoseInItAndNoOther() {
        WholeCache user = new WholeCache("user");
        assertThat(journal.addGroups(List.of(user))).containsExactly(user);
        assertThat(journal.addGroups(List.of(user))).as("it is already").isEmpty();
        assertThat(journal.holds("user", "ns:user:1")).isTrue();
        assertThat(journal.holds("user:list", "ns:user:list:1")).isTrue();
        assertThat(journal.holds("users", "ns:users:1")).isFalse();
        assertThat(journal.holds("use", "ns:use:1")).isFalse();
    }

    @Test
    void groupThatIsMissedAgainDuringItsRemoval_needsAnother() {
        journal.addGroups(List.of(new WholeCache("user")));
        Journal.Distrusted due = journal.due().get(0);
        journal.addGroups(List.of(new WholeCache("user")));
        assertThat(journal.trust(due)).isFalse();
        assertThat(journal.trust(journal.due().get(0))).isTrue();
        assertThat(journal.isEmpty()).isTrue();
    }

    @Test
    void tag_holdsTheCachesWhoseReadsDeclareTags() {
        TaggedCaches caches = new TaggedCaches("ns:");
        journal.addGroups(List.of(new KeyGroup.Tag("ns:red", caches)));
        assertThat(journal.holds("user", "ns:user:1")).isFalse();
        caches.add("user");
        assertThat(journal.holds("user", "ns:user:1")).isTrue();
        assertThat(journal.holds("order", "ns:order:1")).isFalse();
    }

    @Test
    void moreTagsThanAreKept_areOneGroup() {
        TaggedCaches caches = new TaggedCaches("ns:");
        caches.add("user");
        List<KeyGroup> tags = IntStream.range(0, 1_001)
                .<KeyGroup>mapToObj(i -> new KeyGroup.Tag("ns:" + i, caches))
                .toList();
        journal.addGroups(tags.subList(0, 1_000));
        assertThat(journal.groups()).hasSize(1_000);
        journal.addGroups(tags.subList(1_000, 1_001));
        assertThat(journal.groups()).containsExactly(new KeyGroup.AnyTag(caches));
        assertThat(journal.holds("user", "ns:user:1")).isTrue();
        assertThat(journal.trust(journal.due().get(0))).isTrue();
        assertThat(journal.isEmpty()).isTrue();
    }
}
