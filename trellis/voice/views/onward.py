"""On to the next page: by a redirect, or told to the script, which puts it in the place of the present one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

QUIET = "quiet"
SEE_OTHER = 303


def onward(request: HttpRequest, url: str) -> HttpResponse:
    if request.POST.get(QUIET):
        return JsonResponse({"next": url})
    return HttpResponseRedirect(url, status=SEE_OTHER)
