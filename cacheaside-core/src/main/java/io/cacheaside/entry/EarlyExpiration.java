package io.cacheaside.entry;

/**
 * XFetch: each reader decides for itself, at random, whether it takes an entry for expired before it is. The closer the end
 * and the longer a load takes, the likelier. A. Vattani, F. Chierichetti, K. Lowenstein: "Optimal Probabilistic Cache
 * Stampede Prevention", Proceedings of the VLDB Endowment 8 (2015),
 * doi:10.14778/2757807.2757813.
 *
 * <p>It follows that of readers that come {@code r} times a second, the first one so decides {@code beta * cost * (ln(r * beta * cost) + γ)}
 * before the end on average, where that is positive and the entry lives longer; while its load takes {@code cost}, so do
 * {@code e^(1/beta) - 1} others.
 */
public final class EarlyExpiration {

    private EarlyExpiration() {}

    /**
     * True where a reader at {@code nowMillis} takes an entry that ends at {@code expiryMillis} for expired.
     *
     * @param costNanos how long the entry's load took
     * @param beta above 1 decides earlier, below 1 later; 0 never before the end
     * @param random uniform in [0, 1)
     */
    public static boolean isDue(long nowMillis, long expiryMillis, long costNanos, double beta, double random) {
        // 1 - random is in (0, 1], so the logarithm is finite and not positive
        double ahead = -Math.log(1 - random) * beta * costNanos;
        return ahead >= (expiryMillis - nowMillis) * 1e6;
    }
}
