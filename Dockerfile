# syntax=docker/dockerfile:1
#
# One image for every service: its entry point is the command line, so `docker run IMAGE features ...`
# is `./digitstream features ...`. Why one: docs/adr/0015-one-image.md.

# The build runs on the machine's own kind of processor, whatever the image is for: the result is
# Java, and the natives beside it are chosen by the Maven profile.
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-17 AS build
ARG TARGETARCH=amd64
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    case "$TARGETARCH" in \
      amd64) profiles='!linux-arm64' ;; \
      arm64) profiles='linux-arm64' ;; \
      *) echo "there are no natives for $TARGETARCH; use amd64 or arm64" >&2; exit 1 ;; \
    esac \
    && mvn -q -B --no-transfer-progress -DskipTests -Dspotless.check.skip=true \
      -P "$profiles" -pl standalone -am package

FROM eclipse-temurin:17-jre-jammy
# Java Sound's way to a microphone; nothing else needs a package.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libasound2 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 --groups audio digitstream
COPY --from=build /build/digitstream /opt/digitstream/digitstream
COPY --from=build /build/standalone/target/lib /opt/digitstream/standalone/target/lib
COPY --from=build /build/standalone/target/digitstream.jar /opt/digitstream/standalone/target/digitstream.jar
# There is nothing to build with in here.
ENV DIGITSTREAM_SKIP_BUILD=1
# Training's natives unpack into the home folder when they are first needed, about 400 MB; the services need none.
USER digitstream
WORKDIR /home/digitstream
ENTRYPOINT ["/opt/digitstream/digitstream"]
CMD ["--help"]
