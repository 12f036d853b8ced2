"""Every address of the portal; the roof only routes."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from activities.views import feeds
from kopiena import health, media
from kopiena.floor import sign_in

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readiness", health.readiness, name="readiness"),
    path("admin/r/<path:rest>", sign_in.shut),  # it would tell anybody of the staff where a discreet page is
    path("admin/", admin.site.urls),
    path("konts/", include("kopiena.floor.sign_in")),
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", feeds.site_map, name="sitemap"),
    path("sitemap-<int:number>.xml", feeds.site_map, name="sitemap_part"),
    path("media/<path:path>", media.picture, name="media"),
    *i18n_patterns(
        path("", include("families.urls")),
        path("", include("activities.urls")),
        path("", include("partners.urls")),
        path("", include("kopiena.floor.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "kopiena.errors.bad_request"
handler403 = "kopiena.errors.forbidden"
handler404 = "kopiena.errors.not_found"
handler500 = "kopiena.errors.server_error"
handler503 = "kopiena.errors.unavailable"
