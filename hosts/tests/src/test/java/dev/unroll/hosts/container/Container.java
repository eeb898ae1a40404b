package dev.unroll.hosts.container;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/**
 * A container as servers of applications are: it starts two applications at once, each with a class
 * loader of its own, and then removes them. It knows nothing of what they use.
 *
 * <p>Arguments: the class path of an application, the folder of the runs, a folder for the answers,
 * and {@link Contexts}.
 */
public final class Container {
    private static final int MOST_COLLECTIONS = 200;

    private Container() {}

    /** The context class loader of an application's threads. */
    public enum Contexts {
        OWN,
        CONTAINER,
        OTHER_APPLICATION
    }

    /** Runs two applications, and says at the end whether they could be removed. */
    public static void main(String[] args) throws Exception {
        List<WeakReference<ClassLoader>> removed =
                runBoth(args[0], args[1], args[2], Contexts.valueOf(args[3]));
        Files.writeString(Path.of(args[2], "removed.txt"), Boolean.toString(collected(removed)));
    }

    private static List<WeakReference<ClassLoader>> runBoth(
            String classPath, String runs, String answers, Contexts contexts) throws Exception {
        List<URL> jars = new ArrayList<>();
        for (String jar : classPath.split(File.pathSeparator, -1)) {
            jars.add(Path.of(jar).toUri().toURL());
        }
        List<WeakReference<ClassLoader>> references = new ArrayList<>();
        ClassLoader container = Container.class.getClassLoader();
        try (ApplicationLoader one = new ApplicationLoader(jars.toArray(URL[]::new), container);
                ApplicationLoader two =
                        new ApplicationLoader(jars.toArray(URL[]::new), container)) {
            ClassLoader ofOne = context(contexts, one, two);
            ClassLoader ofTwo = context(contexts, two, one);
            FutureTask<Void> first = start(one, ofOne, runs, answers, "one");
            FutureTask<Void> second = start(two, ofTwo, runs, answers, "two");
            first.get();
            second.get();
            references.add(new WeakReference<>(one));
            references.add(new WeakReference<>(two));
        }
        return references;
    }

    private static ClassLoader context(Contexts contexts, ClassLoader own, ClassLoader other) {
        return switch (contexts) {
            case OWN -> own;
            case CONTAINER -> Container.class.getClassLoader();
            case OTHER_APPLICATION -> other;
        };
    }

    private static FutureTask<Void> start(
            ClassLoader application,
            ClassLoader context,
            String runs,
            String answers,
            String name) {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            application
                                    .loadClass("dev.unroll.hosts.Program")
                                    .getMethod("main", String[].class)
                                    .invoke(
                                            null,
                                            (Object)
                                                    new String[] {
                                                        runs,
                                                        Path.of(answers, name + ".json").toString(),
                                                        "MAIN"
                                                    });
                            return null;
                        });
        Thread thread = new Thread(task, name);
        thread.setContextClassLoader(context);
        thread.start();
        return task;
    }

    /** Waits for threads of the applications to end, and for the garbage collector. */
    private static boolean collected(List<WeakReference<ClassLoader>> loaders)
            throws InterruptedException {
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            System.gc();
            if (loaders.stream().allMatch(loader -> loader.refersTo(null))) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }
}
