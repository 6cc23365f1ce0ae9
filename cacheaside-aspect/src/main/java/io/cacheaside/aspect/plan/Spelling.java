package io.cacheaside.aspect.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which name somebody may have meant who wrote another. */
final class Spelling {

    private static final int MOST_SLIPS = 2;

    private Spelling() {}

    /** The one of {@code known} that differs from {@code name} by the fewest slips, two at most and not half of its length. */
    static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .filter(other -> slips(name, other) <= Math.min(MOST_SLIPS, (other.length() - 1) / 2))
                .min(Comparator.comparingInt(other -> slips(name, other)));
    }

    /** How many letters are missing, too many, others or exchanged with their neighbour; upper or lower case is none. */
    static int slips(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] costs = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cost(costs, a, b, i, j);
            }
        }
        return costs[a.length()][b.length()];
    }

    private static int cost(int[][] costs, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int cost = Math.min(costs[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
    }
}
