package io.cacheaside.key;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * A floating number rounded to the fewest decimal digits that read back as the same number. {@code Double.toString} will
 * not do: since Java 19 it prints some numbers shorter than before, so two JVMs would not agree on the key.
 */
final class DecimalText {

    /** So many digits always read back. */
    private static final int DOUBLE_DIGITS = 17;

    private static final int FLOAT_DIGITS = 9;

    private DecimalText() {}

    static String of(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        return number == 0 ? zero(1 / number) : fewest(number, DOUBLE_DIGITS, text -> text.doubleValue() == number);
    }

    static String of(float number) {
        if (Float.isNaN(number) || Float.isInfinite(number)) {
            return Float.toString(number);
        }
        return number == 0 ? zero(1 / number) : fewest(number, FLOAT_DIGITS, text -> text.floatValue() == number);
    }

    private static String fewest(double number, int enough, Predicate<BigDecimal> readsBack) {
        BigDecimal longest = rounded(new BigDecimal(number), enough);
        for (int digits = 1; digits < enough; digits++) {
            BigDecimal shorter = rounded(longest, digits);
            if (readsBack.test(shorter)) {
                return text(shorter);
            }
        }
        return text(longest);
    }

    private static BigDecimal rounded(BigDecimal number, int digits) {
        return number.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static String text(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean plain = shortest.scale() < 0 && shortest.precision() - shortest.scale() <= DOUBLE_DIGITS;
        return plain ? shortest.toPlainString() : shortest.toString();
    }

    private static String zero(double sign) {
        return sign > 0 ? "0" : "-0";
    }
}
