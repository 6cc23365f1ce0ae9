package io.cacheaside.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ZipfTrafficTest {

    @Test
    void sameSeed_givesTheSameRequests() {
        ZipfTraffic one = new ZipfTraffic(1_000, 7);
        ZipfTraffic other = new ZipfTraffic(1_000, 7);

        for (int i = 0; i < 1_000; i++) {
            assertThat(one.next()).isEqualTo(other.next());
        }
    }

    @Test
    void everyRequest_isForAProductOfTheShop() {
        ZipfTraffic traffic = new ZipfTraffic(3, 7);

        for (int i = 0; i < 10_000; i++) {
            assertThat(traffic.next()).isBetween(1, 3);
        }
    }

    @Test
    void popularity_fallsWithTheRank() {
        ZipfTraffic traffic = new ZipfTraffic(100, 7);
        int[] asked = new int[101];
        for (int i = 0; i < 100_000; i++) {
            asked[traffic.next()]++;
        }

        assertThat((double) asked[1] / asked[2]).isCloseTo(Math.pow(2, 0.99), Offset.offset(0.2));
        assertThat((double) asked[1] / asked[10]).isCloseTo(Math.pow(10, 0.99), Offset.offset(2.0));
    }
}
