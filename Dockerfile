# docker build -t responder .
# docker run -p 8080:8080 -v responder:/var/lib/responder responder
# The sample site runs in sandbox mode. For your own site, mount it and name it, and drop --sandbox:
#   docker run … -v ./site:/site -e RESPONDER_SITE=/site responder serve
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/responder
WORKDIR /build
COPY requirements.lock ./
RUN /opt/responder/bin/pip install --require-hashes --requirement requirements.lock
COPY . .
RUN /opt/responder/bin/pip install --no-deps .

FROM python:${PYTHON}-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/responder responder
COPY --from=build /opt/responder /opt/responder
ENV PATH=/opt/responder/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RESPONDER_LISTEN=0.0.0.0:8080 \
    RESPONDER_VAR=/var/lib/responder
USER responder
WORKDIR /var/lib/responder
VOLUME /var/lib/responder
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/readyz', timeout=4)"]
ENTRYPOINT ["responder"]
CMD ["serve", "--sandbox"]
