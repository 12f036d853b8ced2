"""The addresses of families: home, sign-up, private pages, find my registration."""

from django.urls import path

from families.desk import coming, days, groups, meeting, report
from families.desk import home as desk
from families.views import find, home, private, sign_up

app_name = "families"

urlpatterns = [
    path("", home.home, name="home"),
    path("pieteikties/<int:occurrence_id>/", sign_up.sign_up, name="sign_up"),
    path("pieteikums/<str:link>/", private.registration, name="registration"),
    path("pieteikums/<str:link>/mainit/", private.change, name="change"),
    path("pieteikums/<str:link>/atcelt/", private.cancel, name="cancel"),
    path("pieteikums/<str:link>/dzest/", private.erase, name="erase"),
    path("pieteikums/<str:link>/kalendars.ics", private.calendar_file, name="calendar_file"),
    path("pieteikums/<str:link>/izdruka/", private.slip, name="slip"),
    path("mans-pieteikums/", find.find, name="find"),
    path("musu-iestade/", desk.desk_home, name="desk_home"),
    path("musu-iestade/<slug:slug>/", desk.desk, name="desk"),
    path("musu-iestade/<slug:slug>/kas-nak/", coming.coming_page, name="desk_coming"),
    path("musu-iestade/<slug:slug>/kas-nak/<int:meeting_id>/", meeting.meeting_page, name="desk_meeting"),
    path("musu-iestade/<slug:slug>/kas-nak/<int:meeting_id>/saraksts/", meeting.door_page, name="desk_door"),
    path("musu-iestade/<slug:slug>/kas-nak/visas-reizes/<int:activity_id>/", days.days_page, name="desk_days"),
    path("musu-iestade/<slug:slug>/skaitli/", report.numbers_page, name="desk_numbers"),
    path("musu-iestade/<slug:slug>/skaitli.xlsx", report.numbers_file, name="desk_numbers_file"),
    path("musu-iestade/<slug:slug>/grupas/", groups.own, name="desk_groups"),
    path("musu-iestade/<slug:slug>/grupas/jauna/", groups.dates, name="desk_group_dates"),
    path("musu-iestade/<slug:slug>/grupas/jauna/<int:occurrence_id>/", groups.new, name="desk_group_new"),
    path("musu-iestade/<slug:slug>/grupas/<int:pk>/", groups.one, name="desk_group"),
    path("musu-iestade/<slug:slug>/grupas/<int:pk>/mainit/", groups.change, name="desk_group_change"),
    path("musu-iestade/<slug:slug>/grupas/<int:pk>/atcelt/", groups.cancel, name="desk_group_cancel"),
]
