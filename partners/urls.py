"""The addresses of coming in, of an institution's people and of its pictures."""

from django.urls import path

from partners.views import asking, colleagues, invitation, join, logo, picture

app_name = "partners"

DESK = "musu-iestade/<slug:slug>/"

urlpatterns = [
    path("par-mums/iestadem/", join.join, name="join"),
    path("ielugums/<str:link>/", invitation.invitation, name="invitation"),
    path(f"{DESK}kolegi/", colleagues.colleagues, name="colleagues"),
    path(f"{DESK}kolegi/<int:membership_id>/", colleagues.colleague, name="colleague"),
    path(f"{DESK}kolegi/<int:membership_id>/nonemt/", colleagues.remove, name="remove_colleague"),
    path(f"{DESK}kolegi/ielugumi/<int:invitation_id>/atsaukt/", colleagues.take_back, name="take_back"),
    path(f"{DESK}vestules/", colleagues.letters, name="letters"),
    path(f"{DESK}atteli/", picture.take_in, name="picture"),
    path(f"{DESK}logo/", logo.logo, name="logo"),
    path(f"{DESK}lugumi/<int:pk>/", asking.asking, name="asking"),
]
