package org.resilientmail.matrix;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One combination of the matrix. Immutable.
 *
 * @param position where in the conversation
 * @param mishap what goes wrong there
 * @param shape to how many the message goes
 * @param age which session it meets
 * @param security how the connection is secured
 * @param path how envelope and message go over the wire
 */
record Cell(Position position, Mishap mishap, Shape shape, Age age, Security security, Path path) {

    /**
     * All combinations.
     *
     * @param sensible those to run, in a fixed order
     * @param leftOut how many of the full product are left out, by the reason
     */
    record Product(List<Cell> sensible, Map<Nonsense, Integer> leftOut) {

        int size() {
            return sensible.size()
                    + leftOut.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** The full cross product, parted into what makes sense and what does not. */
    static Product product() {
        List<Cell> sensible = new ArrayList<>();
        Map<Nonsense, Integer> leftOut = new EnumMap<>(Nonsense.class);
        everything().forEach(cell -> {
            Optional<Nonsense> reason = Nonsense.in(cell);
            reason.ifPresentOrElse(why -> leftOut.merge(why, 1, Integer::sum), () -> sensible.add(cell));
        });
        return new Product(List.copyOf(sensible), leftOut);
    }

    private static Stream<Cell> everything() {
        return Stream.of(Position.values())
                .flatMap(position -> Stream.of(Mishap.values())
                        .flatMap(mishap -> Stream.of(Shape.values())
                                .flatMap(shape -> Stream.of(Age.values())
                                        .flatMap(age -> Stream.of(Security.values())
                                                .flatMap(security -> Stream.of(Path.values())
                                                        .map(path -> new Cell(
                                                                position, mishap, shape, age, security, path)))))));
    }

    /** What {@code -Dmatrix.cell} takes, such as {@code RCPT_LAST/SILENCE/THREE/POOLED/STARTTLS/DATA}. */
    String id() {
        return Stream.of(position, mishap, shape, age, security, path)
                .map(Enum::name)
                .collect(Collectors.joining("/"));
    }

    /** Whether this cell is meant: {@code *} stands for anything within a part, and parts left out at the end do too. */
    boolean isMeantBy(String pattern) {
        String[] wanted = pattern.split("/");
        String[] parts = id().split("/");
        for (int i = 0; i < wanted.length; i++) {
            if (i >= parts.length || !parts[i].matches(wanted[i].replace("*", ".*"))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return id();
    }
}
