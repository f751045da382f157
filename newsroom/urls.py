"""All URLs: the desk and the public pages come from the app, sign-in and the admin from Django."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

admin.site.site_header = "Newsroom administration"
admin.site.site_title = "Newsroom"
admin.site.index_title = "Users, outlets, entities"

handler403 = "articles.views.doors.not_yours"

urlpatterns = [
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
    # Browsers ask for it beside every page that names no icon: the admin, plain texts.
    path("favicon.ico", lambda request: redirect(static("icon.svg"))),
    path("", include("articles.urls")),
]
