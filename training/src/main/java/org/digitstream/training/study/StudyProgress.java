package org.digitstream.training.study;

/** Is told how a study goes on, from any thread; may throw to end it. */
public interface StudyProgress {
  /** Nobody is told. */
  StudyProgress NONE =
      new StudyProgress() {
        @Override
        public void reading(int files) {}

        @Override
        public void leftOut(String problem) {}

        @Override
        public void trained(int pictures) {}

        @Override
        public void kept(String what, long pictures) {}

        @Override
        public void made(String what, String result) {}
      };

  /** So many files are read so far. */
  void reading(int files);

  /** A recording could not be used; says which and why. */
  void leftOut(String problem);

  /** So many more pictures are trained on. */
  void trained(int pictures);

  /** A step was done earlier with the same settings, which saves training on so many pictures. */
  void kept(String what, long pictures);

  /** A step is done. */
  void made(String what, String result);
}
