package org.digitstream.standalone.command;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  /** The version alone. */
  static String ofProgram() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "digitstream " + ofProgram(),
      "Java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
