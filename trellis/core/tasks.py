"""Jobs that look after the other jobs."""

from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_dropped_jobs", pass_context=True)
async def take_up_dropped_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again what a worker was doing when it was killed: every job of ours may run twice."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)
