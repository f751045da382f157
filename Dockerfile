# The desk in a container: `docker build -t newsroom . && docker run --env-file newsroom.env -p 8000:8000 newsroom`
# and, to read what is brought in: `docker run --env-file newsroom.env --no-healthcheck newsroom python manage.py worker`
FROM python:3.13-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /srv/newsroom
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY manage.py ./
COPY newsroom newsroom
COPY articles articles
COPY templates templates
COPY static static
# Only so that the files can be collected; the real key comes with the environment.
RUN SECRET_KEY=only-for-collecting-the-static-files-while-the-image-is-built ALLOWED_HOSTS=localhost \
    python manage.py collectstatic --noinput \
    && useradd --system --home /srv/newsroom newsroom
USER newsroom
EXPOSE 8000
# Asked under the name that the app serves, since it answers to no other.
HEALTHCHECK CMD ["python", "-c", "import os, urllib.request as r; host = os.environ['ALLOWED_HOSTS'].split(',')[0].lstrip('.'); r.urlopen(r.Request('http://127.0.0.1:8000/healthz', headers={'Host': host}))"]
CMD ["sh", "-c", "python manage.py migrate --noinput && exec gunicorn newsroom.wsgi --bind 0.0.0.0:8000 --workers ${WORKERS:-3} --worker-class gthread --threads 4"]
