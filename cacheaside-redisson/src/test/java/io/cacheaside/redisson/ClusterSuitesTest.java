package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;

import io.cacheaside.test.BatchContract;
import io.cacheaside.test.BatchInterleavingsContract;
import io.cacheaside.test.CacheStoreContract;
import io.cacheaside.test.InterleavingsContract;
import io.cacheaside.test.LeasesContract;
import io.cacheaside.test.MarksContract;
import io.cacheaside.test.NestedLoadsContract;
import io.cacheaside.test.ReplaceContract;
import io.cacheaside.test.Slots;
import io.cacheaside.test.SlotsUnderTest;
import io.cacheaside.test.TagInterleavingsContract;
import io.cacheaside.test.TagsContract;
import io.cacheaside.test.TouchContract;
import io.cacheaside.test.TransactionInterleavingsContract;
import io.cacheaside.test.UnconfirmedInterleavingsContract;
import io.cacheaside.test.VersionsContract;
import io.cacheaside.test.WakeUpContract;
import io.cacheaside.test.WholeCacheContract;
import io.cacheaside.test.WriterInterleavingsContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** The suites of the ports and the races on a cluster of three masters and three replicas. */
class ClusterSuitesTest {

    @Nested
    class Store extends CacheStoreContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedCluster.slots();
        }
    }

    @Nested
    class Versions extends VersionsContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedCluster.slots();
        }
    }

    @Nested
    class Touch extends TouchContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedCluster.slots();
        }
    }

    @Nested
    class OfLeases extends LeasesContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedCluster.slots();
        }
    }

    @Nested
    class Marks extends MarksContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedCluster.slots();
        }
    }

    @Nested
    class Replace extends ReplaceContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedCluster.slots();
        }
    }

    @Nested
    class Tags extends TagsContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedCluster.slots();
        }
    }

    @Nested
    class WakeUps extends WakeUpContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedCluster.slots();
        }

        @Override
        protected void awaitWakeUps() {
            await("the subscription works", () -> leases().longestWait().compareTo(Duration.ofMillis(100)) > 0);
        }
    }

    @Nested
    class Interleavings extends InterleavingsContract {
        @Override
        protected Slots connect() {
            return SharedCluster.connect();
        }
    }

    @Nested
    class WriterInterleavings extends WriterInterleavingsContract {
        @Override
        protected Slots connect() {
            return SharedCluster.connect();
        }
    }

    @Nested
    class UnconfirmedInterleavings extends UnconfirmedInterleavingsContract {
        @Override
        protected Slots connect() {
            return SharedCluster.connect();
        }
    }

    @Nested
    class TransactionInterleavings extends TransactionInterleavingsContract {
        @Override
        protected Slots connect() {
            return SharedCluster.connect();
        }
    }

    @Nested
    class Batches extends BatchContract {
        @Override
        protected Slots connect() {
            return SharedCluster.connect();
        }
    }

    @Nested
    class WholeCache extends WholeCacheContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedCluster.slots();
        }
    }

    @Nested
    class BatchInterleavings extends BatchInterleavingsContract {
        @Override
        protected Slots connect() {
            return SharedCluster.connect();
        }
    }

    @Nested
    class TagInterleavings extends TagInterleavingsContract {
        @Override
        protected Slots connect() {
            return SharedCluster.connect();
        }
    }

    @Nested
    class NestedLoads extends NestedLoadsContract {
        @Override
        protected Slots connect() {
            return SharedCluster.connect();
        }
    }
}
