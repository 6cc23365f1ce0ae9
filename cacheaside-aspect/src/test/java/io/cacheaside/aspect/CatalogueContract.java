package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.aspect.shop.Catalogue;
import io.cacheaside.aspect.shop.Draft;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import io.cacheaside.test.StepTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the annotations do, the same for every way to advise the one service. */
abstract class CatalogueContract {

    protected final Rows rows = new Rows();
    protected final Events events = new Events();
    protected final StepTicker ticker = new StepTicker();
    private Catalogue shop;

    /** The service on {@link #rows}, advised, its client telling {@link #events}. */
    protected abstract Catalogue service() throws Exception;

    @BeforeEach
    void start() throws Exception {
        shop = service();
        rows.put(new Product(1, "lamp", 10));
        rows.put(new Product(2, "desk", 200));
        rows.put(new Product(20, "gift", 0));
    }

    @Test
    void secondRead_isAHit() {
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 10));
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 10));
        assertThat(rows.reads()).isEqualTo(1);
        assertThat(events.all()).containsExactly("miss product", "hit product");
    }

    @Test
    void oldResult_answersWhereTheMethodFails_butNotAfterAnInvalidation() {
        assertThat(shop.lasting(1)).isEqualTo(new Product(1, "lamp", 10));
        long filled = System.currentTimeMillis();
        while (System.currentTimeMillis() <= filled + 1) {
            Thread.onSpinWait();
        }
        rows.breakDown();
        assertThat(shop.lasting(1)).isEqualTo(new Product(1, "lamp", 10));
        assertThat(rows.reads()).isEqualTo(2);
        shop.saveLasting(new Product(1, "lamp", 12));
        assertThatThrownBy(() -> shop.lasting(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void otherArguments_haveAnotherEntry() {
        assertThat(shop.find(1)).isNotEqualTo(shop.find(2));
        assertThat(rows.reads()).isEqualTo(2);
    }

    @Test
    void absentResult_isRememberedWhereNullTtlSaysSo() {
        assertThat(shop.find(9)).isNull();
        assertThat(shop.find(9)).isNull();
        assertThat(rows.reads()).isEqualTo(1);
    }

    @Test
    void absentResult_isLoadedAgainWithoutNullTtl() {
        assertThat(shop.byBox(9L)).isNull();
        assertThat(shop.byBox(9L)).isNull();
        assertThat(rows.reads()).isEqualTo(2);
    }

    @Test
    void optionals_areCachedByTheirContent() {
        assertThat(shop.lookUp(1)).contains(new Product(1, "lamp", 10));
        assertThat(shop.lookUp(1)).contains(new Product(1, "lamp", 10));
        assertThat(shop.lookUp(9)).isEmpty();
        assertThat(shop.lookUp(9)).isEmpty();
        assertThat(rows.reads()).isEqualTo(2);
    }

    @Test
    void collectionsMapsArraysAndPrimitives_comeBackEqual() {
        for (int i = 0; i < 2; i++) {
            assertThat(shop.names("a")).isEqualTo(List.of("a1", "a2"));
            assertThat(shop.prices(1)).isEqualTo(Map.of("EUR", 10, "USD", 11));
            assertThat(shop.sizes(1)).containsExactly(1, 2, 3);
            assertThat(shop.count("all")).isEqualTo(7);
        }
        assertThat(rows.reads()).isEqualTo(4);
    }

    @Test
    void checkedExceptionOfARead_reachesTheCallerAndIsNotCached() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> shop.failing(3))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("row 3")
                    .hasNoCause()
                    .hasNoSuppressedExceptions();
        }
        assertThat(rows.reads()).isEqualTo(2);
    }

    @Test
    void falseCondition_runsTheMethod() {
        shop.conditional(1);
        shop.conditional(1);
        assertThat(rows.reads()).isEqualTo(2);
        assertThat(events.all()).containsExactly("bypass conditional CONDITION", "bypass conditional CONDITION");
        shop.conditional(20);
        shop.conditional(20);
        assertThat(rows.reads()).isEqualTo(3);
    }

    @Test
    void trueUnless_doesNotStore() {
        shop.unlessFree(20);
        shop.unlessFree(20);
        assertThat(rows.reads()).isEqualTo(2);
        shop.unlessFree(1);
        shop.unlessFree(1);
        assertThat(rows.reads()).isEqualTo(3);
    }

    @Test
    void failingUnless_doesNotStore() {
        shop.unlessFree(9);
        shop.unlessFree(9);
        assertThat(rows.reads()).isEqualTo(2);
    }

    private void minutes(int minutes) {
        ticker.step(Duration.ofMinutes(minutes));
    }

    @Test
    void slidingResult_livesAsLongAsItIsRead() {
        for (int i = 0; i < 5; i++) {
            assertThat(shop.session(1)).isEqualTo(new Product(1, "lamp", 10));
            minutes(29);
        }
        assertThat(rows.reads()).isEqualTo(1);
        minutes(1);
        shop.session(1);
        assertThat(rows.reads()).isEqualTo(2);
    }

    @Test
    void slidingResult_isGoneWithItsInvalidation() {
        shop.session(1);
        shop.session(1);
        shop.logOut(1);
        assertThat(shop.session(1)).isNull();
        assertThat(shop.session(1)).isNull();
        assertThat(rows.reads()).isEqualTo(3);
    }

    @Test
    void ownTtl_isHowLongAResultLives() {
        shop.offer(1);
        minutes(8);
        shop.offer(1);
        assertThat(rows.reads()).isEqualTo(1);
        minutes(2);
        shop.offer(1);
        assertThat(rows.reads()).isEqualTo(2);
    }

    @Test
    void resultWithoutOwnTtl_hasTheConfiguredOne() {
        shop.offer(2);
        minutes(4);
        shop.offer(2);
        assertThat(rows.reads()).isEqualTo(1);
        minutes(1);
        shop.offer(2);
        assertThat(rows.reads()).isEqualTo(2);
    }

    @Test
    void ownTtlThatIsNone_isCountedAndNotStored() {
        shop.offer(20);
        shop.offer(20);
        assertThat(rows.reads()).isEqualTo(2);
        assertThat(events.all())
                .containsExactly("miss offer", "unusable ttl offer", "miss offer", "unusable ttl offer");
    }

    @Test
    void absentResultAndTrueUnless_haveNoOwnTtl() {
        rows.put(new Product(30, "soon", -1));
        for (int i = 0; i < 2; i++) {
            assertThat(shop.offer(9)).isNull();
            shop.offer(30);
        }
        assertThat(rows.reads()).isEqualTo(3);
        assertThat(events.all()).containsExactly("miss offer", "miss offer", "hit offer", "miss offer");
    }

    @Test
    void ownTtlInWords_isUnderstoodOrRefused() {
        shop.written(1);
        minutes(100);
        shop.written(1);
        assertThat(rows.reads()).isEqualTo(1);
        shop.written(2);
        assertThat(events.all()).containsExactly("miss written", "hit written", "miss written", "unusable ttl written");
    }

    @Test
    void nullInAKey_runsTheMethod() {
        shop.byBox(null);
        shop.byBox(null);
        assertThat(rows.reads()).isEqualTo(2);
        assertThat(events.all()).containsExactly("bypass boxed KEY", "bypass boxed KEY");
    }

    @Test
    void write_isSeenByTheNextRead() {
        shop.find(1);
        shop.save(new Product(1, "lamp", 11));
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 11));
    }

    @Test
    void writeThatThrows_isSeenByTheNextRead() {
        shop.find(1);
        assertThatThrownBy(() -> shop.saveAndThrow(new Product(1, "lamp", 12)))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("after the write")
                .hasNoCause()
                .hasNoSuppressedExceptions();
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 12));
    }

    @Test
    void resultKey_isInvalidatedAfterANormalReturn() {
        shop.find(4);
        shop.create("sofa");
        assertThat(shop.find(4)).isEqualTo(new Product(4, "sofa", 1));
    }

    @Test
    void resultKeyOfAThrow_isSkippedAndTheOthersAreNot() {
        shop.find(4);
        assertThatThrownBy(() -> shop.createAndThrow(4, "sofa")).isExactlyInstanceOf(IOException.class);
        assertThat(shop.find(4)).isEqualTo(new Product(4, "sofa", 1));
        assertThat(events.all()).contains("skipped product", "invalidated product 1");
    }

    @Test
    void severalAnnotations_invalidateAllTheirKeysTogether() {
        shop.find(1);
        shop.lookUp(2);
        shop.swap(1, 2);
        assertThat(shop.find(1)).isEqualTo(new Product(1, "was 2", 1));
        assertThat(shop.lookUp(2)).contains(new Product(2, "was 1", 1));
        assertThat(events.all()).contains("invalidated product 2", "invalidated optional 1");
    }

    @Test
    void argumentThatChangesDuringTheCall_invalidatesBothKeys() {
        shop.find(1);
        shop.find(2);
        shop.move(new Draft(1), 2);
        assertThat(shop.find(1)).isEqualTo(new Product(1, "moved away", 1));
        assertThat(shop.find(2)).isEqualTo(new Product(2, "moved here", 1));
    }

    @Test
    void falseConditionOfAWrite_invalidatesNothing() {
        shop.find(1);
        shop.saveIfDear(new Product(1, "lamp", 99));
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 10));
        shop.saveIfDear(new Product(1, "lamp", 101));
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 101));
    }

    @Test
    void conditionOnTheResultOfAThrow_invalidates() {
        shop.find(1);
        shop.saveIfChanged(new Product(1, "lamp", 0), false);
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 10));
        assertThatThrownBy(() -> shop.saveIfChanged(new Product(1, "lamp", 5), true))
                .isExactlyInstanceOf(IllegalStateException.class);
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 5));
    }

    @Test
    void writeThrough_isReadWithoutALoad() {
        shop.find(1);
        Product dear = new Product(1, "lamp", 99);
        assertThat(shop.saveThrough(new Draft(1), dear, false)).isEqualTo(dear);
        assertThat(shop.find(1)).isEqualTo(dear);
        assertThat(rows.reads()).isEqualTo(1);
        assertThat(events.all())
                .containsExactly("miss product", "invalidated product 1", "through product STORED", "hit product");
    }

    @Test
    void writeThroughThatThrows_isOnlyInvalidated() {
        shop.find(1);
        assertThatThrownBy(() -> shop.saveThrough(new Draft(1), new Product(1, "lamp", 99), true))
                .hasMessage("after the write");
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 99));
        assertThat(rows.reads()).isEqualTo(2);
    }

    @Test
    void writeThroughWithoutResult_isOnlyInvalidated() {
        shop.find(1);
        assertThat(shop.saveThrough(new Draft(1), null, false)).isNull();
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 10));
        assertThat(rows.reads()).isEqualTo(2);
        assertThat(events.all()).contains("through product REMOVED");
    }

    @Test
    void writeThroughWhoseArgumentChanges_invalidatesBothKeys() {
        shop.find(1);
        shop.find(2);
        shop.saveThrough(new Draft(2), new Product(1, "lamp", 99), false);
        shop.find(1);
        shop.find(2);
        assertThat(rows.reads()).isEqualTo(4);
    }

    @Test
    void olderVersionWrittenThrough_leavesTheNewerEntry() {
        shop.find(1);
        shop.apply(new Product(1, "lamp", 9));
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 10));
        assertThat(shop.apply(new Product(1, "lamp", 11))).contains(new Product(1, "lamp", 11));
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 11));
        assertThat(rows.reads()).isEqualTo(1);
        assertThat(events.all()).contains("through product KEPT", "through product STORED");
    }

    @Test
    void nullInAWritesKey_isSkippedAndCounted() {
        shop.saveBoxed(null);
        assertThat(events.all()).containsExactly("skipped product");
    }
}
