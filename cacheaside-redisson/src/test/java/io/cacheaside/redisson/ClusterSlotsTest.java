package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterSlotsTest {

    /** What the master {@code id} says of itself and of another one. */
    private static String view(String id, int epoch, String slots) {
        return "other 127.0.0.1:7001@17001 master - 0 1700000000000 9 connected 0-16383\n" + id
                + " 127.0.0.1:7000@17000 myself,master - 0 1700000000000 " + epoch + " connected" + slots + "\n";
    }

    @Test
    void slotsOfAllMasters_areAllSlots() {
        ClusterSlots slots = ClusterSlots.of(List.of(view("a", 1, " 0-8190 8192"), view("b", 2, " 8191 8193-16383")));
        assertThat(slots)
                .isEqualTo(ClusterSlots.of(List.of(view("b", 2, " 8191 8193-16383"), view("a", 1, " 0-8190 8192"))));
    }

    @Test
    void slotThatWentAndCameBack_isAnotherEpoch() {
        assertThat(ClusterSlots.of(List.of(view("a", 3, " 0-16383"))))
                .isNotEqualTo(ClusterSlots.of(List.of(view("a", 1, " 0-16383"))));
    }

    @Test
    void slotsThatAnotherMasterServes_areAnotherLayout() {
        assertThat(ClusterSlots.of(List.of(view("a", 1, " 0-16383"))))
                .isNotEqualTo(ClusterSlots.of(List.of(view("b", 1, " 0-16383"))));
        assertThat(ClusterSlots.of(List.of(view("a", 1, " 0-8191"), view("b", 2, " 8192-16383"))))
                .isNotEqualTo(ClusterSlots.of(List.of(view("a", 1, " 8192-16383"), view("b", 2, " 0-8191"))));
    }

    /** As many are served twice as by nobody. */
    @Test
    void slotThatTwoMastersClaim_isRefused() {
        assertThatThrownBy(() -> ClusterSlots.of(List.of(view("a", 1, " 0-8191"), view("b", 2, " 8191-16382"))))
                .hasMessage("Two masters claim slots of 8191-16382");
    }

    @Test
    void slotsOfAMasterThatNobodyKnows_areMissed() {
        assertThatThrownBy(() -> ClusterSlots.of(List.of(view("a", 1, " 0-8191"), view("b", 2, ""))))
                .hasMessage("The masters that are known serve 8192 of the 16384 slots of the cluster");
    }

    @Test
    void slotThatIsBeingMoved_isRefused() {
        assertThatThrownBy(() -> ClusterSlots.of(List.of(view("a", 1, " 0-16383 [7->-b]"))))
                .hasMessage("A slot of the cluster is being moved: [7->-b]");
    }
}
