package dev.unroll.faults.clocks;

import dev.unroll.cli.Unroll;
import dev.unroll.data.Corpus;
import dev.unroll.faults.Findings;
import dev.unroll.faults.Outcome;
import dev.unroll.faults.Part;
import dev.unroll.faults.Plan;
import dev.unroll.lab.Experiment;
import dev.unroll.page.Page;
import dev.unroll.tasks.Predictor;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensorboard.TensorBoardLog;
import dev.unroll.vector.VectorBackendProvider;
import dev.unroll.video.VideoFiles;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Clocks that jump. Nothing depends on the time of day, because nothing asks for it: durations come
 * from a clock that only goes forward. So the instructions of all classes are looked through for
 * calls that ask for the time of day, and found are only those that write it down for people.
 */
public final class Clocks implements Part {

    /** Methods that read the time of day, by their class. */
    private static final Map<String, Set<String>> TIME_OF_DAY =
            Map.of(
                    "java/lang/System", Set.of("currentTimeMillis"),
                    "java/time/Instant", Set.of("now"),
                    "java/time/LocalDate", Set.of("now"),
                    "java/time/LocalDateTime", Set.of("now"),
                    "java/time/ZonedDateTime", Set.of("now"),
                    "java/time/OffsetDateTime", Set.of("now"),
                    "java/time/Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
                    "java/time/InstantSource", Set.of("system"));

    /** Classes that write the time down for people. */
    private static final Set<String> FOR_PEOPLE =
            Set.of(
                    "dev/unroll/tasks/run/RunMachine", // when a training began
                    "dev/unroll/cli/Lab", // the date under a page
                    "dev/unroll/tensorboard/EventFile"); // the time axis of events

    /** A class of each module. */
    private static final List<Class<?>> ONE_OF_EACH =
            List.of(
                    Tensor.class,
                    VectorBackendProvider.class,
                    Corpus.class,
                    Predictor.class,
                    VideoFiles.class,
                    Page.class,
                    Experiment.class,
                    TensorBoardLog.class,
                    Unroll.class);

    @Override
    public String name() {
        return "clocks";
    }

    @Override
    public String about() {
        return "looks through all classes for what asks for the time of day";
    }

    @Override
    public Outcome run(Plan plan, Log log) throws IOException {
        Findings findings = new Findings(log);
        Set<String> asking = new TreeSet<>();
        for (Class<?> one : ONE_OF_EACH) {
            Path place = place(one);
            if (Files.isDirectory(place)) {
                look(place, asking, findings);
            } else {
                URI jar = URI.create("jar:" + place.toUri());
                try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
                    look(files.getPath("/"), asking, findings);
                }
            }
        }
        findings.figure("the time of day is asked for by " + asking);
        for (String one : asking) {
            if (FOR_PEOPLE.stream().noneMatch(one::startsWith)) {
                findings.fault(one + " asks for the time of day, and clocks jump");
            }
        }
        return findings.outcome();
    }

    private static Path place(Class<?> one) throws IOException {
        try {
            return Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static void look(Path root, Set<String> asking, Findings findings) throws IOException {
        Path own = root.resolve("dev/unroll");
        if (!Files.isDirectory(own)) {
            return;
        }
        List<Path> classes;
        try (Stream<Path> all = Files.walk(own)) {
            classes = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : classes) {
            ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
            String name = model.thisClass().asInternalName();
            if (!name.startsWith("dev/unroll/faults")) {
                findings.count("classes looked through");
                if (asks(model)) {
                    asking.add(name);
                }
            }
        }
    }

    private static boolean asks(ClassModel model) {
        return model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .anyMatch(
                        element ->
                                switch (element) {
                                    case InvokeInstruction call ->
                                            TIME_OF_DAY
                                                    .getOrDefault(
                                                            call.owner().asInternalName(), Set.of())
                                                    .contains(call.name().stringValue());
                                    case NewObjectInstruction made ->
                                            made.className()
                                                    .asInternalName()
                                                    .equals("java/util/Date");
                                    default -> false;
                                });
    }
}
