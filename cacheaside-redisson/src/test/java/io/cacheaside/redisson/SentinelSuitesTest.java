package io.cacheaside.redisson;

import io.cacheaside.test.CacheStoreContract;
import io.cacheaside.test.LeasesContract;
import io.cacheaside.test.MarksContract;
import io.cacheaside.test.SlotsUnderTest;
import io.cacheaside.test.TouchContract;
import io.cacheaside.test.VersionsContract;
import org.junit.jupiter.api.Nested;

/** The suites of the ports on a master with replicas that a sentinel tells. */
class SentinelSuitesTest {

    @Nested
    class Store extends CacheStoreContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedSentinel.slots();
        }
    }

    @Nested
    class Versions extends VersionsContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedSentinel.slots();
        }
    }

    @Nested
    class Touch extends TouchContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedSentinel.slots();
        }
    }

    @Nested
    class OfLeases extends LeasesContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedSentinel.slots();
        }
    }

    @Nested
    class Marks extends MarksContract {
        @Override
        protected SlotsUnderTest openSlots() {
            return SharedSentinel.slots();
        }
    }
}
