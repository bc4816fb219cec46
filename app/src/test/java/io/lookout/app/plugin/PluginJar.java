package io.lookout.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.repository.Repository;
import io.lookout.plugin.Plugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources and puts them into a jar, as somebody does who writes a plug-in. */
final class PluginJar {
  private final Map<String, ByteArrayOutputStream> entries = new LinkedHashMap<>();
  private final List<JavaFileObject> sources = new ArrayList<>();

  /** The module of the repository that shows how. */
  static void sample(Path jar) throws IOException {
    Path main = Repository.ROOT.resolve("plugin-sample/src/main");
    PluginJar made = new PluginJar();
    try (Stream<Path> files = Files.walk(main.resolve("java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        made.source(main.resolve("java").relativize(file).toString(), Repository.text(file));
      }
    }
    try (Stream<Path> files = Files.list(main.resolve("resources/META-INF/services"))) {
      for (Path file : files.toList()) {
        made.service(file.getFileName().toString(), Repository.text(file));
      }
    }
    made.write(jar);
  }

  PluginJar source(String path, String text) {
    sources.add(
        new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
          }
        });
    return this;
  }

  PluginJar service(Class<? extends Plugin> type, String implementation) {
    return service(type.getName(), implementation);
  }

  private PluginJar service(String type, String implementation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(implementation.getBytes(StandardCharsets.UTF_8));
    entries.put("META-INF/services/" + type, bytes);
    return this;
  }

  void write(Path jar) throws IOException {
    if (!sources.isEmpty()) {
      compile();
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, ByteArrayOutputStream> each : entries.entrySet()) {
        out.putNextEntry(new JarEntry(each.getKey()));
        each.getValue().writeTo(out);
      }
    }
  }

  private void compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (JavaFileManager files =
        new InMemory(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8))) {
      boolean compiled =
          compiler.getTask(messages, files, null, List.of("-proc:none"), null, sources).call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  /** Classes go into the jar. */
  private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      String path = name.replace('.', '/') + ".class";
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      entries.put(path, bytes);
      return new SimpleJavaFileObject(URI.create("string:///" + path), kind) {
        @Override
        public ByteArrayOutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
