"""The addresses of coming in, of an institution's people and of its pictures."""

from django.urls import path

from partners.views import asking, picture

app_name = "partners"

urlpatterns = [
    path("musu-iestade/<slug:slug>/atteli/", picture.take_in, name="picture"),
    path("musu-iestade/<slug:slug>/lugumi/<int:pk>/", asking.asking, name="asking"),
]
