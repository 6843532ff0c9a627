package io.millrace.system;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * A disk of so many megabytes, for a broker. It is one in memory, which is there while a container
 * has it; so one that does nothing else has it, which fills and clears it too.
 */
final class SmallDisk implements AutoCloseable {
  private static final String DATA = "/var/lib/kafka/data";

  private final String volume = "millrace-disk-" + UUID.randomUUID();
  private final GenericContainer<?> holder;

  private SmallDisk(int megabytes) {
    DockerClientFactory.instance()
        .client()
        .createVolumeCmd()
        .withName(volume)
        .withLabels(Docker.LABELS)
        .withDriverOpts(
            Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=" + megabytes + "m,mode=1777"))
        .exec();
    holder =
        new GenericContainer<>(Images.steps())
            .withLabels(Docker.LABELS)
            .withCreateContainerCmdModifier(
                command -> {
                  command.withUser("0").withEntrypoint("sleep", "100000");
                  mount(command.getHostConfig());
                });
  }

  static SmallDisk of(int megabytes) {
    SmallDisk disk = new SmallDisk(megabytes);
    disk.holder.start();
    return disk;
  }

  /** Gives the disk to the broker of this id, for {@link Cluster#start(int, BiConsumer)}. */
  BiConsumer<Integer, GenericContainer<?>> forBroker(Integer id) {
    return (broker, container) -> {
      if (broker.equals(id)) {
        container.withCreateContainerCmdModifier(command -> mount(command.getHostConfig()));
      }
    };
  }

  private void mount(@Nullable HostConfig host) {
    Objects.requireNonNull(host).withBinds(new Bind(volume, new Volume(DATA)));
  }

  /** Nothing more can be written. */
  void fill() throws Exception {
    holder.execInContainer("sh", "-c", "cat /dev/zero > " + DATA + "/filler");
  }

  void clear() throws Exception {
    holder.execInContainer("rm", DATA + "/filler");
  }

  @Override
  public void close() {
    holder.close();
    DockerClientFactory.instance().client().removeVolumeCmd(volume).exec();
  }
}
